package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueueChangeTest {
  private static final String ONE = "b927fa13-3b22-4d44-bc81-1f902a222eee";
  private static final String OTHER = "c927fa13-3b22-4d44-bc81-1f902a222eee";

  @Test
  void changes_that_follow_each_other_become_one() {
    List<QueueChange> changes = List.of(change(ONE, 1), change(OTHER, 1), change(ONE, 2));

    assertThat(QueueChange.joined(changes))
        .containsExactly(new QueueChange(1, change(ONE, 2).next()), change(OTHER, 1));
    assertThat(QueueChange.joined(List.of())).isEmpty();
  }

  @Test
  void changes_that_exclude_each_other_are_refused() {
    assertThatThrownBy(() -> QueueChange.joined(List.of(change(ONE, 1), change(ONE, 1))))
        .hasMessageContaining(ONE);
    assertThatThrownBy(() -> QueueChange.joined(List.of(change(ONE, 1), change(ONE, 3))))
        .hasMessageContaining(ONE);
  }

  @Test
  void a_version_that_does_not_follow_is_refused() {
    assertThatThrownBy(() -> new QueueChange(2, change(ONE, 1).next()))
        .hasMessageContaining("does not follow");
  }

  private static QueueChange change(String id, long expectedVersion) {
    return new QueueChange(
        expectedVersion,
        new StoredQueue(
            id,
            expectedVersion + 1,
            "loading",
            "BTCUSDT",
            List.of(),
            List.of(),
            Instant.EPOCH,
            Instant.EPOCH,
            true,
            1,
            null,
            "{}"));
  }
}
