package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class InspectDueJobsTest {
  private final RunningService service;

  InspectDueJobsTest(RunningService service) {
    this.service = service;
  }

  private final List<JobRef> jobs =
      List.of(new JobRef(UUID.randomUUID().toString(), 1, "sf-nobody-1-loader-producer"));

  @Test
  void the_launcher_tells_how_each_job_is() {
    Exchange done = service.call("inspect-due-jobs", jobs, Map.of());
    List<?> reports = done.getMessage().getBody(List.class);
    assertThat(reports)
        .singleElement()
        .isInstanceOfSatisfying(
            JobReport.class,
            report -> {
              assertThat(report.job()).isEqualTo(jobs.get(0));
              assertThat(report.phase()).isEqualTo(JobPhase.GONE);
            });
  }

  @Test
  void while_the_launcher_is_away_nothing_is_known_of_any_job() throws Exception {
    try (Undo away = service.failing("inspect-jobs")) {
      Exchange done = service.call("inspect-due-jobs", jobs, Map.of());
      assertThat(done.getException()).isNull();
      assertThat(done.getMessage().getBody(List.class)).isEmpty();
    }
  }
}
