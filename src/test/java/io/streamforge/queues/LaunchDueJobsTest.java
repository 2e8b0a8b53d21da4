package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.queues.LaunchOutcome.Result;
import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class LaunchDueJobsTest {
  private final RunningService service;

  LaunchDueJobsTest(RunningService service) {
    this.service = service;
  }

  private final QueueState queue = Planted.pending();

  @Test
  void jobs_that_are_due_are_launched() {
    Exchange done = launch(Planted.work(service, queue));
    assertThat(done.getException()).isNull();
    List<?> outcomes = done.getVariable("outcomes", List.class);
    assertThat(outcomes)
        .singleElement()
        .isInstanceOfSatisfying(
            LaunchOutcome.class, outcome -> assertThat(outcome.result()).isEqualTo(Result.CREATED));
    List<JobRef> jobs = List.of(new JobRef(queue.id(), 1, queue.step(1).jobName()));
    Exchange seen = service.call("inspect-jobs", jobs, Map.of());
    assertThat(((JobReport) seen.getMessage().getBody(List.class).get(0)).phase())
        .isNotEqualTo(JobPhase.GONE);
    service.call("delete-jobs", jobs, Map.of());
  }

  @Test
  void without_launches_the_launcher_is_left_alone() throws Exception {
    try (Undo away = service.failing("launch-jobs")) {
      Exchange done = launch(new Work(List.of(), List.of(), List.of()));
      assertThat(done.getException()).isNull();
      assertThat(done.getVariable("outcomes", List.class)).isEmpty();
    }
  }

  private Exchange launch(Work work) {
    return service.call("launch-due-jobs", null, Map.of("work", work));
  }
}
