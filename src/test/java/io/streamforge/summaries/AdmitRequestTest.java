package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class AdmitRequestTest {
  private final BotService bot;

  AdmitRequestTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void a_request_within_the_limits_counts_once() {
    Summary taken = bot.taken(bot.request(bot.release(bot.channel()), bot.anna));
    bot.call("admit-request", null, Map.of("summary", taken));
    Summary admitted = bot.stored(taken.id());
    assertThat(admitted.admitted()).isTrue();
    bot.call("admit-request", null, Map.of("summary", admitted));
    assertThat(bot.stored(taken.id())).isEqualTo(admitted);
    bot.drop(taken);
  }
}
