package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class PerformSummaryTest {
  private final BotService bot;

  PerformSummaryTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void what_is_due_is_answered() {
    Summary request = bot.plant(bot.request(bot.release(bot.channel()), bot.anna));
    bot.service.send("seda:perform-summary?waitForTaskToComplete=Always", request.id(), Map.of());
    assertThat(bot.ended(request.id()).state()).isEqualTo(SummaryState.FINISHED);
  }

  @Test
  void what_another_process_works_on_is_left_alone() {
    Summary request = bot.request(bot.release(bot.channel()), bot.anna);
    Summary theirs = bot.taken(request, "another process", Duration.ofMinutes(1));
    bot.service.send("seda:perform-summary?waitForTaskToComplete=Always", request.id(), Map.of());
    assertThat(bot.stored(request.id())).isEqualTo(theirs);
    bot.record(new SummaryEvent.Dropped(theirs.id(), "another process", "the test is over"));
  }
}
