package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class PerformSoonTest {
  private final BotService bot;

  PerformSoonTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void what_is_due_is_performed() throws Exception {
    Summary request = bot.plant(bot.request(bot.release(bot.channel()), bot.anna));
    bot.call("perform-soon", request.id(), Map.of());
    assertThat(bot.ended(request.id()).state()).isEqualTo(SummaryState.FINISHED);
  }
}
