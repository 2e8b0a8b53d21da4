package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class ReconcileJobsTest {
  private final RunningService service;

  ReconcileJobsTest(RunningService service) {
    this.service = service;
  }

  private void reconcile(List<JobReport> reports) {
    service.send("seda:reconcile-jobs?waitForTaskToComplete=Always", reports, Map.of());
  }

  private void awaitCount(int count) {
    await()
        .untilAsserted(
            () ->
                assertThat(service.get("/metrics").body())
                    .contains("jobs_without_queue " + count + ".0"));
  }

  @Test
  void jobs_without_a_queue_are_counted_until_they_are_gone() {
    List<JobReport> strays =
        List.of(
            new JobReport(
                new JobRef(UUID.randomUUID().toString(), 1, "sf-stray"),
                JobPhase.RUNNING,
                1,
                null,
                null));
    reconcile(strays);
    awaitCount(1);
    reconcile(List.of());
    awaitCount(0);
  }

  @Test
  void nothing_is_counted_anew_while_the_store_is_away() throws Exception {
    reconcile(List.of());
    try (Undo away = service.failing("load-queues")) {
      reconcile(
          List.of(
              new JobReport(
                  new JobRef(UUID.randomUUID().toString(), 1, "sf-stray"),
                  JobPhase.RUNNING,
                  1,
                  null,
                  null)));
    }
    awaitCount(0);
  }
}
