package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.queues.Work.Deletion;
import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class PerformWorkTest {
  private final RunningService service;

  PerformWorkTest(RunningService service) {
    this.service = service;
  }

  private final QueueState queue = Planted.pending();

  @Test
  void what_was_done_is_recorded() throws Exception {
    try (Undo quiet = service.without("resume-unfinished")) {
      Planted.store(service, queue);
      assertThat(perform(Planted.work(service, queue)).getException()).isNull();
      assertThat(Planted.load(service, queue).status()).isEqualTo(Status.LOADING);
    }
    service.post("/queues/stop?queue_id=" + queue.id(), "");
  }

  @Test
  void what_could_not_be_done_is_not_recorded_and_stays_due() throws Exception {
    QueueState ended = Planted.store(service, Planted.finished());
    JobRef job = new JobRef(ended.id(), 1, ended.step(1).jobName());
    Work work = new Work(List.of(), List.of(new Deletion(job, "a test says so")), List.of());
    try (Undo away = service.failing("delete-jobs")) {
      assertThat(perform(work).getException()).isNull();
    }
    assertThat(Planted.load(service, ended)).isEqualTo(ended);
  }

  private Exchange perform(Work work) {
    return service.call("perform-work", work, Map.of());
  }
}
