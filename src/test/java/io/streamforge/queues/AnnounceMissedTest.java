package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class AnnounceMissedTest {
  private final RunningService service;

  AnnounceMissedTest(RunningService service) {
    this.service = service;
  }

  @Test
  void a_state_that_was_stored_and_not_told_is_told_later() {
    QueueState queue = Planted.store(service, Planted.finished());
    await()
        .until(
            () ->
                service.updates("queue_id", queue.id()).stream()
                    .anyMatch(update -> update.path("status").asText().equals("finished")));
  }

  @Test
  void what_was_told_is_not_told_again() {
    QueueState told = Planted.store(service, Planted.finished());
    await().until(() -> !service.updates("queue_id", told.id()).isEmpty());
    int times = service.updates("queue_id", told.id()).size();
    QueueState later = Planted.store(service, Planted.finished());
    await().until(() -> !service.updates("queue_id", later.id()).isEmpty());
    assertThat(service.updates("queue_id", told.id())).hasSize(times);
  }
}
