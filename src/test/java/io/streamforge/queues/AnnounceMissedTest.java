package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class AnnounceMissedTest {
  private final RunningService service;

  AnnounceMissedTest(RunningService service) {
    this.service = service;
  }

  @Test
  void what_nobody_can_read_is_not_asked_for_again_and_again() {
    QueueState broken = Planted.unreadable(service);
    Announcer announcer = service.bean("announcer", Announcer.class);
    OpenQueue changed =
        new OpenQueue(broken.id(), broken.version(), Instant.now().minusSeconds(5), false);

    await().until(() -> announcer.unannounced(List.of(changed)).isEmpty());

    OpenQueue later =
        new OpenQueue(broken.id(), broken.version() + 1, Instant.now().minusSeconds(5), false);
    assertThat(announcer.unannounced(List.of(later))).hasSize(1);
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
    await()
        .until(
            () ->
                service.updates("queue_id", told.id()).stream()
                    .anyMatch(
                        update ->
                            update.path("last").asBoolean()
                                && update.path("version").asLong() == told.version()));
    int times = service.updates("queue_id", told.id()).size();
    QueueState later = Planted.store(service, Planted.finished());
    await().until(() -> !service.updates("queue_id", later.id()).isEmpty());
    assertThat(service.updates("queue_id", told.id())).hasSize(times);
  }
}
