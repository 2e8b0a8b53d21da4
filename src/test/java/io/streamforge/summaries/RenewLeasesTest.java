package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.playground.LlmTrouble;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class RenewLeasesTest {
  private final BotService bot;

  RenewLeasesTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void a_request_that_takes_longer_than_a_lease_stays_with_its_process() {
    String root = bot.release(bot.channel());
    bot.model.trouble(LlmTrouble.slowToStart(Duration.ofSeconds(4)), 1);
    String command = bot.mattermost.reply(bot.anna, root, "!summary");
    Summary ended = bot.ended(command);
    assertThat(Duration.between(ended.createdAt(), ended.finishedAt()))
        .isGreaterThan(Duration.ofSeconds(3));
    assertThat(ended.attempts()).isEqualTo(1);
    assertThat(bot.said(root)).hasSize(1);
  }
}
