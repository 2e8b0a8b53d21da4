package io.streamforge.camel.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PollBackoffTest {

  private final PollBackoff polls = new PollBackoff(Duration.ofMillis(1));

  @Test
  void it_tells_the_last_error_and_since_when_polls_fail() {
    polls.handle(-1, new IllegalStateException("first"));
    Instant since = polls.failure().orElseThrow().since();
    polls.handle(-1, new IllegalStateException("second"));

    PollBackoff.Failure failure = polls.failure().orElseThrow();
    assertThat(failure.error()).hasMessage("second");
    assertThat(failure.since()).isEqualTo(since);
    assertThat(failure.consumer()).isEqualTo(Thread.currentThread().getName());
  }

  @Test
  void it_never_gives_up_and_is_over_the_failure_after_a_good_poll() {
    polls.handle(-1, new IllegalStateException("broken"));
    for (int beforeTheNextPoll = 0; beforeTheNextPoll < 3; beforeTheNextPoll++) {
      assertThat(polls.canContinue()).isTrue();
      assertThat(polls.failure()).isPresent();
    }
    assertThat(polls.canContinue()).isTrue();
    assertThat(polls.failure()).isEmpty();
  }

  @Test
  void a_consumer_that_has_ended_is_forgotten() throws Exception {
    Thread consumer = new Thread(() -> polls.handle(-1, new IllegalStateException("broken")));
    consumer.start();
    consumer.join();
    assertThat(polls.failure()).isEmpty();
  }

  @Test
  void a_consumer_that_went_back_has_dropped_nothing() {
    int[] times = {0};
    polls.onFailure(() -> times[0]++);
    polls.handle(-1, new IllegalStateException("broken"));
    assertThat(times[0]).isEqualTo(1);
    assertThat(polls.droppedRecords()).isFalse();
    polls.keepPlaceOnFailure();
  }

  @Test
  void a_consumer_that_could_not_go_back_has_dropped_records_until_it_subscribes_anew() {
    polls.onFailure(
        () -> {
          throw new IllegalStateException("closed");
        });
    polls.handle(-1, new IllegalStateException("broken"));
    assertThat(polls.droppedRecords()).isTrue();
    polls.reset();
    assertThat(polls.droppedRecords()).isFalse();
    polls.keepPlaceOnFailure();
  }

  @Test
  void an_interrupted_pause_keeps_the_interrupt() {
    Thread.currentThread().interrupt();
    polls.handle(-1, new IllegalStateException("broken"));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void no_pause_is_refused() {
    assertThatThrownBy(() -> new PollBackoff(Duration.ZERO)).hasMessageContaining("positive");
  }
}
