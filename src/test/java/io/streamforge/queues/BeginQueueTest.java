package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class BeginQueueTest {
  private final RunningService service;

  BeginQueueTest(RunningService service) {
    this.service = service;
  }

  private final QueueState queue = Planted.pending();

  @Test
  void the_jobs_of_a_new_queue_are_launched_at_once() throws Exception {
    try (Undo quiet = service.without("resume-unfinished")) {
      Planted.store(service, queue);
      Exchange done = begin();
      assertThat(done.getMessage().getBody()).isEqualTo(queue.id());
      assertThat(done.getVariable("outcome")).isEqualTo("Queue started");
      assertThat(Planted.load(service, queue).status()).isEqualTo(Status.LOADING);
    }
    service.post("/queues/stop?queue_id=" + queue.id(), "");
  }

  @Test
  void a_launcher_that_is_away_leaves_the_queue_for_later() throws Exception {
    try (Undo quiet = service.without("resume-unfinished");
        Undo away = service.failing("launch-jobs")) {
      Planted.store(service, queue);
      Exchange done = begin();
      assertThat(done.getException()).isNull();
      assertThat(done.getMessage().getBody()).isEqualTo(queue.id());
      assertThat(done.getVariable("outcome"))
          .isEqualTo("Queue recorded; its jobs start when the cluster is back");
      assertThat(Planted.load(service, queue).status()).isEqualTo(Status.PENDING);
    }
    await().until(() -> service.status(queue.id()).equals("loading"));
    service.post("/queues/stop?queue_id=" + queue.id(), "");
  }

  private Exchange begin() {
    return service.call("begin-queue", null, Map.of("planned", queue));
  }
}
