package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class DeleteSuperfluousTest {
  private final BotService bot;

  DeleteSuperfluousTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void what_was_posted_twice_for_a_request_is_deleted_and_nothing_else() {
    String root = bot.release(bot.channel());
    Summary taken = bot.taken(bot.request(root, bot.anna));
    var part = new Delivery.Part(taken, "1", "one", null, false, false);
    String kept = bot.create(part);
    var again = new Delivery.Part(taken, "1", "one, again", null, false, true);
    bot.create(again);
    bot.mattermost.reply(bot.bot, root, "something else");
    Map<String, Object> variables = bot.variables(taken, "bot", bot.account());
    variables.put("own_thread", bot.threadAnswer(root));
    variables.put("delivered_ids", List.of(kept));
    assertThat(bot.call("delete-superfluous", null, variables).getException()).isNull();
    assertThat(bot.said(root)).containsExactly("one", "something else");
    bot.drop(taken);
  }
}
