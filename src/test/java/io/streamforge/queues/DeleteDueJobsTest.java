package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
class DeleteDueJobsTest {
  private final RunningService service;

  DeleteDueJobsTest(RunningService service) {
    this.service = service;
  }

  private final QueueState queue = Planted.pending();

  @Test
  void jobs_that_are_due_are_deleted() throws Exception {
    try (Undo quiet = service.without("resume-unfinished")) {
      Work launch = Planted.work(service, queue);
      service.call("launch-jobs", launch.launches(), Map.of());
      assertThat(phase()).isNotEqualTo(JobPhase.GONE);
      Exchange done = service.call("delete-due-jobs", null, Map.of("work", deletion()));
      assertThat(done.getVariable("deletions_asked")).isEqualTo(true);
      await().until(() -> phase() == JobPhase.GONE);
    }
  }

  @Test
  void a_launcher_that_is_away_is_asked_again_later() throws Exception {
    try (Undo away = service.failing("delete-jobs")) {
      Exchange done = service.call("delete-due-jobs", null, Map.of("work", deletion()));
      assertThat(done.getException()).isNull();
      assertThat(done.getVariable("deletions_asked")).isEqualTo(false);
    }
  }

  private JobPhase phase() {
    Exchange done = service.call("inspect-jobs", List.of(job()), Map.of());
    return ((JobReport) done.getMessage().getBody(List.class).get(0)).phase();
  }

  private JobRef job() {
    return new JobRef(queue.id(), 1, queue.step(1).jobName());
  }

  private Work deletion() {
    return new Work(List.of(), List.of(new Deletion(job(), "a test says so")), List.of());
  }
}
