package io.streamforge.launchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.streamforge.camel.kubernetes.PeerAwayException;
import io.streamforge.queues.JobPhase;
import io.streamforge.queues.JobRef;
import io.streamforge.queues.JobSpec;
import io.streamforge.queues.LaunchOutcome;
import io.streamforge.queues.LaunchOutcome.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every launcher keeps. */
abstract class LauncherContractTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @SuppressWarnings("NullAway.Init")
  Launcher launcher;

  final Jobs jobs = new Jobs("2024-06-01:2024-06-01");

  /** Starts the adapter. */
  abstract Launcher start();

  @BeforeEach
  void open() {
    launcher = start();
  }

  @AfterEach
  void close() {
    launcher.close();
  }

  @Test
  void a_launched_job_runs_and_completes() {
    JobSpec loader = jobs.loader(1, "api_candles_5m", false);
    assertThat(launcher.launch(List.of(loader)))
        .containsExactly(new LaunchOutcome(loader.job(), Result.CREATED, null));
    assertThat(launcher.inspect(loader.job()).phase())
        .isIn(JobPhase.CREATED, JobPhase.RUNNING, JobPhase.COMPLETE);
    awaitPhase(loader.job(), JobPhase.COMPLETE);
    assertThat(launcher.inspect(loader.job()).attempts()).isEqualTo(1);
  }

  @Test
  void a_job_launched_again_is_the_same_job() {
    JobSpec connector = jobs.connector(1, "api_trades");
    launcher.launch(List.of(connector));
    awaitPhase(connector.job(), JobPhase.RUNNING);
    assertThat(launcher.launch(List.of(connector)))
        .containsExactly(new LaunchOutcome(connector.job(), Result.CREATED, null));
    await()
        .untilAsserted(() -> assertThat(launcher.inspect(connector.job()).attempts()).isEqualTo(1));
  }

  @Test
  void a_job_that_has_ended_is_not_run_again() {
    JobSpec loader = jobs.loader(1, "api_candles_1h", false);
    launcher.launch(List.of(loader));
    awaitPhase(loader.job(), JobPhase.COMPLETE);
    launcher.launch(List.of(loader));
    assertThat(launcher.inspect(loader.job()).phase()).isEqualTo(JobPhase.COMPLETE);
  }

  @Test
  void a_deleted_job_is_gone_once_its_worker_is() {
    JobSpec connector = jobs.connector(1, "api_trades");
    launcher.launch(List.of(connector));
    awaitPhase(connector.job(), JobPhase.RUNNING);
    launcher.delete(List.of(connector.job()));
    awaitPhase(connector.job(), JobPhase.GONE);
    launcher.delete(List.of(connector.job()));
    awaitPhase(connector.job(), JobPhase.GONE);
  }

  @Test
  void an_ended_job_that_is_deleted_is_gone() {
    JobSpec loader = jobs.loader(1, "api_candles_1h", false);
    launcher.launch(List.of(loader));
    awaitPhase(loader.job(), JobPhase.COMPLETE);
    launcher.delete(List.of(loader.job()));
    awaitPhase(loader.job(), JobPhase.GONE);
  }

  @Test
  void a_job_that_nobody_launched_is_gone() {
    JobRef unknown = jobs.connector(7, "api_trades").job();
    assertThat(launcher.inspect(unknown).phase()).isEqualTo(JobPhase.GONE);
    assertThatCode(() -> launcher.delete(List.of(unknown))).doesNotThrowAnyException();
  }

  @Test
  void reports_come_in_the_order_of_the_question() {
    JobSpec first = jobs.connector(1, "api_trades");
    JobSpec second = new Jobs("2024-06-01:2024-06-01").connector(1, "api_trades");
    launcher.launch(List.of(first, second));
    assertThat(launcher.inspect(List.of(second.job(), first.job())))
        .extracting(report -> report.job())
        .containsExactly(second.job(), first.job());
    assertThat(launcher.inspect(List.of())).isEmpty();
    assertThat(launcher.launch(List.of())).isEmpty();
    launcher.delete(List.of());
  }

  @Test
  void a_launcher_that_works_passes_its_check() {
    assertThatCode(() -> launcher.check()).doesNotThrowAnyException();
  }

  /** What has been late once is not asked for a moment. */
  static boolean isAway(Throwable failure) {
    return failure.getCause() instanceof PeerAwayException;
  }

  void awaitPhase(JobRef job, JobPhase phase) {
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .ignoreExceptionsMatching(LauncherContractTest::isAway)
        .untilAsserted(() -> assertThat(launcher.inspect(job).phase()).isEqualTo(phase));
  }
}
