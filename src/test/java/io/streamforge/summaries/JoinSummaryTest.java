package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class JoinSummaryTest {
  private final BotService bot;

  JoinSummaryTest(BotService bot) {
    this.bot = bot;
  }

  private Summary join(String root, Summary taken, SummaryEvent event) {
    Map<String, Object> variables = bot.variables(taken, "bot", bot.account());
    variables.put("own_thread", bot.threadAnswer(root));
    assertThat(bot.call("join-summary", event, variables).getException()).isNull();
    return bot.stored(taken.id());
  }

  @Test
  void a_request_that_is_served_by_another_one_leaves_no_placeholder() {
    String root = bot.release(bot.channel());
    Summary taken = bot.taken(bot.request(root, bot.anna));
    bot.create(new Delivery.Part(taken, "1", "⏳", null, false, false));
    SummaryEvent joined = new SummaryEvent.Joined(taken.id(), bot.owner(), "other");
    assertThat(join(root, taken, joined).state()).isEqualTo(SummaryState.JOINED);
    assertThat(bot.said(root)).isEmpty();
  }

  @Test
  void one_that_is_not_keeps_it() {
    String root = bot.release(bot.channel());
    Summary taken = bot.taken(bot.request(root, bot.anna));
    bot.create(new Delivery.Part(taken, "1", "⏳", null, false, false));
    assertThat(join(root, taken, bot.settling(taken, "one")).state())
        .isEqualTo(SummaryState.ANSWERING);
    assertThat(bot.said(root)).containsExactly("⏳");
    bot.ended(taken.id());
    assertThat(bot.said(root)).containsExactly("one");
  }
}
