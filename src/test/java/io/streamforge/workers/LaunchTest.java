package io.streamforge.workers;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.launchers.Jobs;
import io.streamforge.queues.JobSpec;
import io.streamforge.queues.LaunchOutcome.Result;
import io.streamforge.queues.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchTest {
  private final Jobs jobs = new Jobs("2024-06-01:2024-06-30");

  @Test
  void a_job_is_stored_with_what_its_worker_reads() {
    JobSpec spec = jobs.loader(1, "api_trades", false);
    Launch launch = Launch.of(List.of(spec));
    assertThat(launch.jobs()).singleElement().matches(job -> !job.over() && job.version() == 1);
    assertThat(Bench.launched(spec).assignment()).isEqualTo(Assignment.of(spec));
    assertThat(launch.outcomes()).extracting("result").containsExactly(Result.CREATED);
  }

  @ParameterizedTest
  @CsvSource({
    "SYNTHETIC_FAIL_AFTER, soon, SYNTHETIC_FAIL_AFTER must be a number of records: soon",
    "SYNTHETIC_FAIL_AFTER, -1, SYNTHETIC_FAIL_AFTER must not be negative: -1",
    "TELEMETRY_ID, '', the worker's environment lacks TELEMETRY_ID",
    "TIME_RANGE, yesterday, 'must be two dates, first and last day, such as 2024-01-01:2024-01-03'"
  })
  void a_job_that_can_never_run_is_refused_with_the_reason(
      String variable, String value, String reason) {
    JobSpec wrong =
        jobs.job(1, "loader-producer", Role.LOADER, "api", false, Map.of(variable, value));
    JobSpec right = jobs.connector(2, "api");
    Launch launch = Launch.of(List.of(wrong, right));
    assertThat(launch.outcomes())
        .extracting("result", "reason")
        .first()
        .satisfies(outcome -> assertThat(outcome.toList()).containsExactly(Result.REFUSED, reason));
    assertThat(launch.jobs()).extracting(StoredJob::name).containsExactly(right.job().jobName());
  }

  @Test
  void a_mode_of_failure_that_is_not_known_is_refused() {
    JobSpec wrong =
        jobs.job(
            1,
            "loader-producer",
            Role.LOADER,
            "api",
            false,
            Map.of("SYNTHETIC_FAIL_AFTER", "1", "SYNTHETIC_FAIL_MODE", "loudly"));
    assertThat(Launch.of(List.of(wrong)).outcomes())
        .extracting("reason")
        .containsExactly("SYNTHETIC_FAIL_MODE must be one of error, silent, bad-record: loudly");
  }

  @Test
  void a_bounded_connector_is_refused_since_it_would_never_end() {
    JobSpec wrong = jobs.job(1, "arango-connector", Role.CONNECTOR, "api", false, Map.of());
    assertThat(Launch.of(List.of(wrong)).outcomes())
        .extracting("result")
        .containsExactly(Result.REFUSED);
  }

  @Test
  void when_the_store_is_away_only_what_was_refused_stays_refused() {
    JobSpec wrong = jobs.job(1, "arango-connector", Role.CONNECTOR, "api", false, Map.of());
    Launch launch = Launch.of(List.of(wrong, jobs.connector(2, "api")));
    assertThat(Launch.away(launch, "no connection"))
        .extracting("result")
        .containsExactly(Result.REFUSED, Result.AWAY);
  }

  @ParameterizedTest
  @CsvSource({
    "api_candles_5m, 8640",
    "api_candles_1h, 720",
    "api_candles_1w, 4",
    "api_candles_1M, 1",
    "api_trades, 9000",
    "api, 8640"
  })
  void a_loader_has_as_many_records_as_its_range_holds(String type, long records) {
    Assignment assignment = Assignment.of(jobs.loader(1, type, false));
    assertThat(Bench.PACE.total(assignment)).hasValue(records);
  }
}
