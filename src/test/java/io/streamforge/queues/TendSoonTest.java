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
class TendSoonTest {
  private final RunningService service;

  TendSoonTest(RunningService service) {
    this.service = service;
  }

  @Test
  void a_queue_is_looked_after_without_the_timer() throws Exception {
    QueueState queue = Planted.pending();
    try (Undo quiet = service.without("resume-unfinished")) {
      Planted.store(service, queue);
      service.send("seda:tend-soon", List.of(queue.id()), Map.of());
      await().until(() -> Planted.load(service, queue).status() == Status.LOADING);
    }
    service.post("/queues/stop?queue_id=" + queue.id(), "");
  }

  @Test
  void a_failure_does_not_keep_later_queues_from_it() throws Exception {
    QueueState queue = Planted.pending();
    try (Undo quiet = service.without("resume-unfinished")) {
      Planted.store(service, queue);
      try (Undo away = service.failing("tend-queues")) {
        service.send("seda:tend-soon?waitForTaskToComplete=Always", List.of(queue.id()), Map.of());
      }
      assertThat(Planted.load(service, queue)).isEqualTo(queue);
      service.send("seda:tend-soon", List.of(queue.id()), Map.of());
      await().until(() -> Planted.load(service, queue).status() == Status.LOADING);
    }
    service.post("/queues/stop?queue_id=" + queue.id(), "");
  }
}
