package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.camel.mattermost.MattermostAwayException;
import io.streamforge.summaries.SummaryEvent.Postponed;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DoubtsTest {
  private static final Duration LENGTH = Duration.ofSeconds(15);

  private final Summary summary = Asked.working("asked");
  private final Ticking clock = new Ticking();
  private final Doubts doubts = new Doubts(LENGTH, clock);

  private static final class Ticking extends Clock {
    private Instant now = Asked.NOW;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private void note(@Nullable IOException cause) {
    MattermostAwayException failure = new MattermostAwayException("away", Optional.empty(), cause);
    assertThatThrownBy(() -> doubts.note(summary, failure)).isSameAs(failure);
  }

  private Instant nextTry() {
    Postponed soon = new Postponed(summary.id(), Asked.OWNER, Asked.NOW.plusSeconds(2), "away");
    return ((Postponed) doubts.heldBack(soon)).dueAt();
  }

  @Test
  void after_a_write_that_was_not_answered_nothing_is_written_for_a_while() {
    note(new SocketTimeoutException("Read timed out"));
    assertThat(nextTry()).isEqualTo(Asked.NOW.plus(LENGTH));
    assertThatThrownBy(() -> doubts.requireNone(summary))
        .isInstanceOf(MattermostAwayException.class);
    assertThatCode(() -> doubts.requireNone(Asked.working("other"))).doesNotThrowAnyException();
    clock.now = Asked.NOW.plus(LENGTH);
    assertThatCode(() -> doubts.requireNone(summary)).doesNotThrowAnyException();
  }

  @Test
  void what_was_never_sent_or_was_answered_is_in_no_doubt() {
    note(new ConnectException("Connection refused"));
    note(null);
    assertThat(nextTry()).isEqualTo(Asked.NOW.plusSeconds(2));
    assertThatCode(() -> doubts.requireNone(summary)).doesNotThrowAnyException();
  }

  @Test
  void a_try_that_is_due_later_anyhow_stays_so() {
    note(new SocketTimeoutException("Read timed out"));
    Postponed late = new Postponed(summary.id(), Asked.OWNER, Asked.NOW.plusSeconds(60), "away");
    assertThat(doubts.heldBack(late)).isSameAs(late);
  }
}
