package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueueLabelsTest {
  @Test
  void a_queue_carries_its_status_symbol_types_and_targets_once_each() {
    StoredQueue queue =
        new StoredQueue(
            "b927fa13-3b22-4d44-bc81-1f902a222eee",
            1,
            "pending",
            "BTCUSDT",
            List.of("pipeline", "api", "api"),
            List.of("loader-producer"),
            Instant.EPOCH,
            Instant.EPOCH,
            true,
            1,
            null,
            "{}");

    assertThat(QueueLabels.of(queue))
        .containsExactlyInAnyOrder(
            "any",
            "status:pending",
            "symbol:BTCUSDT",
            "type:pipeline",
            "type:api",
            "target:loader-producer");
  }

  @Test
  void a_filter_asks_for_one_label_of_each_list_that_is_not_empty() {
    QueueFilter filter =
        new QueueFilter(
            List.of("error", "error"), List.of(), List.of("api", "ws"), List.of(), 10, null);

    assertThat(QueueLabels.of(filter))
        .containsExactly(List.of("status:error"), List.of("type:api", "type:ws"));
  }

  @Test
  void a_filter_without_words_asks_for_what_every_queue_carries() {
    QueueFilter filter = new QueueFilter(List.of(), List.of(), List.of(), List.of(), 10, null);

    assertThat(QueueLabels.of(filter)).containsExactly(List.of(QueueLabels.ANY));
  }
}
