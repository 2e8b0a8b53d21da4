package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class ForgetSummariesTest {
  private final BotService bot;

  ForgetSummariesTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void what_has_expired_is_forgotten_and_what_has_not_is_kept() {
    StoredSummary kept = SummaryJson.stored(Asked.finished("kept-" + UUID.randomUUID(), "f", "it"));
    StoredSummary old = SummaryJson.stored(Asked.finished("old-" + UUID.randomUUID(), "f", "it"));
    bot.save(expiring(kept, Duration.ofDays(36_500)));
    bot.save(expiring(old, Duration.ZERO));
    await().untilAsserted(() -> assertThat(bot.stored(old.id())).isNull());
    assertThat(bot.stored(kept.id())).isNotNull();
  }

  private static StoredSummary expiring(StoredSummary stored, Duration after) {
    return new StoredSummary(
        stored.id(),
        stored.version(),
        stored.open(),
        stored.state(),
        stored.thread(),
        stored.channel(),
        stored.requester(),
        stored.leads(),
        stored.counted(),
        stored.createdAt(),
        stored.dueAt(),
        Asked.NOW.plus(after),
        stored.document());
  }
}
