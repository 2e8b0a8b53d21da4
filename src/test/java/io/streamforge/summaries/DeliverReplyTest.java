package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class DeliverReplyTest {
  private final BotService bot;

  DeliverReplyTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void each_part_of_an_answer_becomes_a_post_in_order_once() {
    String root = bot.release(bot.channel());
    Summary taken = bot.taken(bot.request(root, bot.anna));
    Summary settled = bot.record(bot.settling(taken, "one", "two", "three"));
    Map<String, Object> variables = bot.variables(settled, "bot", bot.account());
    assertThat(bot.call("deliver-reply", null, variables).getException()).isNull();
    assertThat(bot.said(root)).containsExactly("one", "two", "three");
    assertThat(bot.stored(taken.id()).state()).isEqualTo(SummaryState.FINISHED);
    assertThat(bot.call("deliver-reply", null, variables).getException())
        .isInstanceOf(NotOursException.class);
    assertThat(bot.said(root)).hasSize(3);
  }
}
