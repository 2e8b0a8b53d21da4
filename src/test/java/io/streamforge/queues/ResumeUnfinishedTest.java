package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class ResumeUnfinishedTest {
  private final RunningService service;

  ResumeUnfinishedTest(RunningService service) {
    this.service = service;
  }

  @Test
  void what_another_process_has_left_behind_goes_on() {
    QueueState queue = Planted.store(service, Planted.pending());
    await().until(() -> service.status(queue.id()).equals("loading"));
    service.post("/queues/stop?queue_id=" + queue.id(), "");
  }

  @Test
  void what_is_over_stays_as_it_is() {
    QueueState ended = Planted.store(service, Planted.finished());
    QueueState queue = Planted.store(service, Planted.pending());
    await().until(() -> service.status(queue.id()).equals("loading"));
    assertThat(Planted.load(service, ended)).isEqualTo(ended);
    service.post("/queues/stop?queue_id=" + queue.id(), "");
  }
}
