package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class ResumeSummariesTest {
  private final BotService bot;

  ResumeSummariesTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void what_a_process_left_behind_is_taken_up_when_its_lease_has_ended() {
    Summary request = bot.request(bot.release(bot.channel()), bot.anna);
    bot.taken(request, "a process that was killed", Duration.ofSeconds(1));
    Summary ended = bot.ended(request.id());
    assertThat(ended.state()).isEqualTo(SummaryState.FINISHED);
    assertThat(ended.attempts()).isEqualTo(2);
  }
}
