package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.service.RunningService.Undo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class ForgetSummariesTest {
  private final BotService bot;

  ForgetSummariesTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void what_has_expired_is_forgotten_and_what_is_open_is_not() throws Exception {
    Summary ended =
        bot.expired(
            bot.ended(bot.mattermost.reply(bot.anna, bot.release(bot.channel()), "!summary")));
    assertThat(bot.stored(ended.id())).isNotNull();
    try (Undo restarted = bot.service.without("forget-summaries")) {
      assertThat(restarted).isNotNull();
    }
    await().untilAsserted(() -> assertThat(bot.stored(ended.id())).isNull());
  }
}
