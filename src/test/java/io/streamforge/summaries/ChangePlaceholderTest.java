package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class ChangePlaceholderTest {
  private final BotService bot;

  ChangePlaceholderTest(BotService bot) {
    this.bot = bot;
  }

  private Summary placed(String root) {
    Summary taken = bot.taken(bot.request(root, bot.anna));
    String post = bot.mattermost.reply(bot.bot, root, "⏳");
    return bot.record(new SummaryEvent.Placed(taken.id(), bot.owner(), post));
  }

  private void change(Summary summary, String text) {
    Map<String, Object> variables = bot.variables(summary, "bot", bot.account());
    assertThat(bot.call("change-placeholder", text, variables).getException()).isNull();
  }

  @Test
  void whoever_waits_reads_what_it_waits_for() {
    String root = bot.release(bot.channel());
    Summary placed = placed(root);
    change(placed, "⏳ more");
    assertThat(bot.said(root)).containsExactly("⏳ more");
    bot.ended(placed.id());
  }

  @Test
  void a_process_whose_request_another_one_has_taken_over_says_no_more() {
    String root = bot.release(bot.channel());
    Summary placed = placed(root);
    bot.record(
        new SummaryEvent.Delivered(
            bot.settled(placed, "the answer").id(), bot.owner(), List.of("post")));
    change(placed, "⏳ more");
    assertThat(bot.said(root)).containsExactly("⏳");
  }
}
