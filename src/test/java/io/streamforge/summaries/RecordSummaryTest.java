package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class RecordSummaryTest {
  private final BotService bot;

  RecordSummaryTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void an_event_of_its_owner_changes_a_request_and_one_of_another_process_does_not() {
    Summary taken = bot.taken(bot.request(bot.release(bot.channel()), bot.anna));
    Summary admitted = bot.record(new SummaryEvent.Admitted(taken.id(), bot.owner()));
    assertThat(bot.stored(taken.id())).isEqualTo(admitted);
    assertThat(admitted.version()).isEqualTo(taken.version() + 1);
    var late = new SummaryEvent.Dropped(taken.id(), "another process", "late");
    assertThat(bot.call("record-summary", late, Map.of()).getException())
        .isInstanceOf(NotOursException.class);
    assertThat(bot.stored(taken.id())).isEqualTo(admitted);
    bot.drop(taken);
  }
}
