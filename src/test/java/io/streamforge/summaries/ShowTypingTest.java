package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class ShowTypingTest {
  private final BotService bot;

  ShowTypingTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void the_thread_shows_that_the_bot_writes() {
    Summary taken = bot.taken(bot.request(bot.release(bot.channel()), bot.anna));
    long before = bot.mattermost.count("POST .*/typing");
    assertThat(bot.call("show-typing", null, Map.of("summary", taken)).getException()).isNull();
    assertThat(bot.mattermost.count("POST .*/typing")).isEqualTo(before + 1);
    bot.drop(taken);
  }
}
