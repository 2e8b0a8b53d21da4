package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class AnnounceSoonTest {
  private final RunningService service;

  AnnounceSoonTest(RunningService service) {
    this.service = service;
  }

  @Test
  void changes_are_told_behind_the_back_of_the_caller() {
    QueueState queue = Planted.finished();
    service.send("seda:announce-soon", List.of(queue), Map.of());
    await().until(() -> !service.updates("queue_id", queue.id()).isEmpty());
  }

  @Test
  void a_failure_does_not_keep_later_changes_from_being_told() throws Exception {
    QueueState lost = Planted.finished();
    QueueState queue = Planted.finished();
    try (Undo away = service.failing("announce-updates")) {
      service.send("seda:announce-soon?waitForTaskToComplete=Always", List.of(lost), Map.of());
    }
    service.send("seda:announce-soon", List.of(queue), Map.of());
    await().until(() -> !service.updates("queue_id", queue.id()).isEmpty());
    assertThat(service.updates("queue_id", lost.id())).isEmpty();
  }
}
