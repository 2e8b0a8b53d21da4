package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class TendQueuesTest {
  private final RunningService service;

  TendQueuesTest(RunningService service) {
    this.service = service;
  }

  @Test
  void what_is_due_about_queues_is_done() throws Exception {
    QueueState queue = Planted.pending();
    try (Undo quiet = service.without("resume-unfinished")) {
      Planted.store(service, queue);
      tend(queue.id());
      assertThat(Planted.load(service, queue).status()).isEqualTo(Status.LOADING);
    }
    service.post("/queues/stop?queue_id=" + queue.id(), "");
  }

  @Test
  void where_nothing_is_due_nothing_changes() {
    QueueState ended = Planted.store(service, Planted.finished());
    tend(ended.id(), UUID.randomUUID().toString());
    assertThat(Planted.load(service, ended)).isEqualTo(ended);
  }

  private void tend(String... ids) {
    assertThat(service.call("tend-queues", List.of(ids), Map.of()).getException()).isNull();
  }
}
