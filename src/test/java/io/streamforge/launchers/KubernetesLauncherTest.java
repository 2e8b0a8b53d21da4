package io.streamforge.launchers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.streamforge.camel.kubernetes.Fate;
import io.streamforge.camel.kubernetes.PeerAwayException;
import io.streamforge.camel.kubernetes.TestCluster;
import io.streamforge.queues.JobPhase;
import io.streamforge.queues.JobReport;
import io.streamforge.queues.JobSpec;
import io.streamforge.queues.LaunchOutcome;
import io.streamforge.queues.LaunchOutcome.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs on a cluster keep the contract, whatever the API server answers, or does not. */
class KubernetesLauncherTest extends LauncherContractTest {
  private final TestCluster cluster = new TestCluster();

  @Override
  Launcher start() {
    for (int step = 1; step < 9; step++) {
      cluster.fate(jobs.loader(step, "api_trades", false).job().jobName(), Fate.completes());
    }
    Launcher started = start(Map.of());
    awaitRead(started);
    return started;
  }

  /** The first answers of a cold process are slow. */
  private static void awaitRead(Launcher started) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(
            () -> {
              started.check();
              return started.inspect(List.of()).isEmpty();
            });
  }

  private Launcher start(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("data.dir", folder.toString());
    all.put("k8s.master", cluster.url());
    all.put("k8s.namespace", TestCluster.NAMESPACE);
    all.put("k8s.request.timeout", "10s");
    all.put("k8s.retry.delay", "100ms");
    all.put("k8s.retry.longest.delay", "300ms");
    all.put("k8s.qps", "500");
    all.put("k8s.burst", "500");
    all.put("k8s.compare.period", "500ms");
    all.put("k8s.watch.grace", "200ms");
    all.putAll(settings);
    return new Launcher("kubernetes", all, Map.of());
  }

  @AfterEach
  void closeCluster() {
    cluster.close();
  }

  private LaunchOutcome launch(JobSpec job) {
    return launcher.launch(List.of(job)).get(0);
  }

  private void awaitCreated(JobSpec job) {
    await()
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() -> assertThat(launch(job).result()).isEqualTo(Result.CREATED));
  }

  private JobReport awaitReport(JobSpec job, JobPhase phase) {
    awaitPhase(job.job(), phase);
    return launcher.inspect(job.job());
  }

  @Test
  void a_job_of_that_name_that_is_not_ours_is_left_alone() {
    JobSpec job = jobs.connector(1, "api_trades");
    cluster.plant(
        new JobBuilder()
            .withNewMetadata()
            .withName(job.job().jobName())
            .addToLabels("queue_id", "somebody else")
            .endMetadata()
            .withNewSpec()
            .withBackoffLimit(0)
            .withNewTemplate()
            .withNewMetadata()
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("other")
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build());

    LaunchOutcome outcome = launch(job);

    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.reason()).contains(job.job().jobName()).contains("not ours");
  }

  @Test
  void what_the_api_server_forbids_is_final_and_said_in_its_words() {
    String quota = "jobs.batch is forbidden: exceeded quota: q, requested: count/jobs.batch=1";
    cluster.answer(request -> request.startsWith("POST"), 403, "Forbidden", quota);

    LaunchOutcome outcome = launch(jobs.connector(1, "api_trades"));

    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.reason()).isEqualTo("the API server answers 403: " + quota);
  }

  @Test
  void a_manifest_that_the_api_server_does_not_take_is_final() {
    cluster.answer(
        request -> request.startsWith("POST"), 422, "Invalid", "Job.batch \"x\" is invalid: why");

    LaunchOutcome outcome = launch(jobs.connector(1, "api_trades"));

    assertThat(outcome.result()).isEqualTo(Result.REFUSED);
    assertThat(outcome.reason()).contains("422").contains("is invalid: why");
  }

  @Test
  void an_api_server_in_trouble_is_asked_again() {
    JobSpec job = jobs.connector(1, "api_trades");
    cluster.answer(request -> request.startsWith("POST"), 500, "InternalError", "etcd is away");

    LaunchOutcome outcome = launch(job);

    assertThat(outcome.result()).isEqualTo(Result.AWAY);
    assertThat(outcome.reason()).contains("etcd is away");
    assertThat(cluster.jobs()).isEmpty();
    cluster.heal();
    awaitCreated(job);
  }

  @Test
  void an_api_server_that_wants_a_rest_gets_it() {
    JobSpec job = jobs.connector(1, "api_trades");
    cluster.answer(
        request -> request.startsWith("POST"),
        429,
        "TooManyRequests",
        "please try again later",
        "Retry-After",
        "5");
    Instant asked = Instant.now();

    assertThat(launch(job).result()).isEqualTo(Result.AWAY);
    cluster.heal();
    assertThat(launch(job).result()).isEqualTo(Result.AWAY);
    awaitCreated(job);

    assertThat(Duration.between(asked, Instant.now())).isGreaterThan(Duration.ofMillis(4900));
    assertThat(cluster.requests()).filteredOn(request -> request.startsWith("POST")).hasSize(2);
  }

  @Test
  void an_api_server_that_says_nothing_is_not_waited_for() {
    launcher.close();
    launcher = start(Map.of("k8s.request.timeout", "1500ms"));
    awaitRead(launcher);
    JobSpec job = jobs.connector(1, "api_trades");
    cluster.hang(request -> true);
    Instant asked = Instant.now();

    assertThat(launch(job).result()).isEqualTo(Result.AWAY);

    assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThatThrownBy(() -> launcher.check()).hasRootCauseInstanceOf(Exception.class);
    assertThatThrownBy(() -> launcher.inspect(job.job()))
        .hasCauseInstanceOf(PeerAwayException.class);
    cluster.heal();
    awaitCreated(job);
    launcher.check();
  }

  @Test
  void a_job_whose_creation_was_not_answered_is_there_once() {
    JobSpec job = jobs.connector(1, "api_trades");
    awaitCreated(job);

    assertThat(launch(job)).isEqualTo(new LaunchOutcome(job.job(), Result.CREATED, null));

    assertThat(cluster.jobs()).hasSize(1);
  }

  @Test
  void jobs_are_created_no_faster_than_is_set_and_in_their_order() {
    launcher.close();
    launcher =
        start(
            Map.of(
                "k8s.qps",
                "10",
                "k8s.burst",
                "1",
                "k8s.patience",
                "150ms",
                "k8s.compare.period",
                "15s"));
    awaitRead(launcher);
    List<JobSpec> waiting = new ArrayList<>();
    List<String> created = new ArrayList<>();
    for (int step = 1; step <= 6; step++) {
      waiting.add(jobs.connector(step, "api_trades"));
    }
    List<String> inOrder = waiting.stream().map(job -> job.job().jobName()).toList();
    Instant begin = Instant.now();
    await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> {
              for (LaunchOutcome outcome : launcher.launch(List.copyOf(waiting))) {
                if (outcome.result() == Result.CREATED) {
                  created.add(outcome.job().jobName());
                  waiting.removeIf(job -> job.job().equals(outcome.job()));
                }
              }
              assertThat(waiting).isEmpty();
            });
    assertThat(created).isEqualTo(inOrder);
    assertThat(Duration.between(begin, Instant.now())).isGreaterThan(Duration.ofMillis(450));
  }

  @Test
  void a_failed_job_tells_the_exit_code_the_reason_and_the_end_of_its_log() {
    JobSpec job = jobs.connector(1, "api_trades");
    String log = "x".repeat(5000) + "é".repeat(10) + " ValueError: bad symbol";
    cluster.fate(job.job().jobName(), Fate.fails(137, "OOMKilled", log));
    launch(job);

    JobReport report = awaitReport(job, JobPhase.FAILED);

    assertThat(report.reason())
        .isEqualTo(
            "its worker ran out of memory (OOMKilled, exit code 137); its job was tried as often as"
                + " it may be (BackoffLimitExceeded): Job has reached the specified backoff limit");
    assertThat(report.logTail()).endsWith("é ValueError: bad symbol").doesNotContain("\uFFFD");
    assertThat(Objects.requireNonNull(report.logTail()).getBytes(UTF_8)).hasSize(4096);
  }

  @Test
  void an_evicted_worker_is_called_so_and_has_no_log() {
    JobSpec job = jobs.connector(1, "api_trades");
    cluster.fate(job.job().jobName(), Fate.isEvicted("The node was low on resource: memory."));
    launch(job);

    JobReport report = awaitReport(job, JobPhase.FAILED);

    assertThat(report.reason())
        .startsWith("its worker was evicted from its node (Evicted): The node");
  }

  @Test
  void a_worker_whose_image_is_missing_waits_and_says_why() {
    JobSpec job = jobs.connector(1, "api_trades");
    cluster.fate(job.job().jobName(), Fate.waits("ImagePullBackOff", "Back-off pulling image"));
    launch(job);

    await()
        .ignoreExceptionsMatching(LauncherContractTest::isAway)
        .untilAsserted(
            () ->
                assertThat(launcher.inspect(job.job()).reason())
                    .isEqualTo(
                        "its worker cannot get its image (ImagePullBackOff): Back-off pulling"
                            + " image"));
    JobReport report = launcher.inspect(job.job());
    assertThat(report.phase()).isEqualTo(JobPhase.CREATED);
    assertThat(report.waitingSince()).isBetween(Instant.now().minusSeconds(20), Instant.now());
  }

  @Test
  void a_worker_that_no_node_takes_waits_and_says_why() {
    JobSpec job = jobs.connector(1, "api_trades");
    cluster.fate(job.job().jobName(), Fate.findsNoNode("0/3 nodes are available"));
    launch(job);

    await()
        .ignoreExceptionsMatching(LauncherContractTest::isAway)
        .untilAsserted(
            () ->
                assertThat(Objects.requireNonNullElse(launcher.inspect(job.job()).reason(), ""))
                    .contains("finds no node to run on (Unschedulable): 0/3 nodes"));
  }

  @Test
  void a_job_is_not_gone_while_a_pod_of_it_lives() {
    JobSpec job = jobs.connector(1, "api_trades");
    launch(job);
    awaitPhase(job.job(), JobPhase.RUNNING);
    cluster.holdPods(true);

    launcher.delete(List.of(job.job()));

    await()
        .during(Duration.ofMillis(600))
        .untilAsserted(
            () -> assertThat(launcher.inspect(job.job()).phase()).isEqualTo(JobPhase.RUNNING));
    assertThat(cluster.podsOf(job.job().jobName())).hasSize(1);
    cluster.holdPods(false);
    awaitPhase(job.job(), JobPhase.GONE);
    assertThat(cluster.podsOf(job.job().jobName())).isEmpty();
  }

  @Test
  void a_pod_that_outlives_its_job_is_seen_and_deleted() {
    JobSpec job = jobs.connector(1, "api_trades");
    launch(job);
    awaitPhase(job.job(), JobPhase.RUNNING);
    cluster.holdPods(true);
    cluster.deleteByHand(job.job().jobName());

    await()
        .during(Duration.ofMillis(600))
        .untilAsserted(
            () -> assertThat(launcher.inspect(job.job()).phase()).isEqualTo(JobPhase.RUNNING));
    launcher.delete(List.of(job.job()));
    cluster.holdPods(false);
    awaitPhase(job.job(), JobPhase.GONE);
  }

  @Test
  void a_deletion_that_is_under_way_is_not_asked_for_again() {
    JobSpec job = jobs.connector(1, "api_trades");
    launch(job);
    awaitPhase(job.job(), JobPhase.RUNNING);
    cluster.holdPods(true);
    launcher.delete(List.of(job.job()));
    await().until(() -> cluster.jobs().get(0).isMarkedForDeletion());
    await()
        .untilAsserted(
            () -> {
              long before = deletions();
              launcher.delete(List.of(job.job()));
              assertThat(deletions()).isEqualTo(before);
            });
  }

  @Test
  void a_job_that_was_made_anew_under_the_name_of_one_that_was_seen_is_left_alone() {
    launcher.close();
    launcher = start(Map.of("k8s.compare.period", "1m"));
    awaitRead(launcher);
    JobSpec job = jobs.connector(1, "api_trades");
    launch(job);
    awaitPhase(job.job(), JobPhase.RUNNING);
    Job seen = cluster.jobs().get(0);
    cluster.swallowEvents();
    cluster.deleteByHand(job.job().jobName());
    await().until(() -> cluster.podsOf(job.job().jobName()).isEmpty());
    cluster.plantRunning(new JobBuilder(seen).withStatus(null).build());

    assertThatThrownBy(() -> launcher.delete(List.of(job.job())))
        .hasRootCauseInstanceOf(KubernetesClientException.class)
        .hasStackTraceContaining("does not match the UID");

    assertThat(cluster.jobs()).hasSize(1).noneMatch(HasMetadata::isMarkedForDeletion);
  }

  @Test
  void where_another_process_watches_nothing_is_said_of_jobs_and_they_are_deleted_all_the_same() {
    JobSpec job = jobs.connector(1, "api_trades");
    launch(job);
    awaitPhase(job.job(), JobPhase.RUNNING);

    launcher.follow();

    assertThat(launcher.inspect(List.of(job.job()))).isEmpty();
    launcher.check();
    launcher.delete(List.of(job.job()));
    await().until(() -> cluster.jobs().isEmpty() && cluster.pods().isEmpty());
  }

  private long deletions() {
    return cluster.requests().stream().filter(request -> request.startsWith("DELETE")).count();
  }

  @Test
  void what_happens_while_the_watch_is_cut_off_is_seen_nevertheless() {
    JobSpec expired = jobs.connector(1, "api_trades");
    JobSpec swallowed = jobs.connector(2, "api_trades");
    JobSpec away = jobs.connector(3, "api_trades");
    launcher.launch(List.of(expired, swallowed, away));
    awaitPhase(expired.job(), JobPhase.RUNNING);
    awaitPhase(swallowed.job(), JobPhase.RUNNING);
    awaitPhase(away.job(), JobPhase.RUNNING);

    cluster.expireWatches();
    cluster.fate(expired.job().jobName(), Fate.completes());
    awaitPhase(expired.job(), JobPhase.COMPLETE);

    cluster.swallowEvents();
    cluster.fate(swallowed.job().jobName(), Fate.completes());
    awaitPhase(swallowed.job(), JobPhase.COMPLETE);

    cluster.goAway();
    cluster.fate(away.job().jobName(), Fate.completes());
    assertThatThrownBy(() -> launcher.check()).isInstanceOf(Exception.class);
    cluster.comeBack();
    awaitPhase(away.job(), JobPhase.COMPLETE);
  }

  @Test
  void a_cluster_that_is_away_at_the_start_is_found_when_it_comes() {
    launcher.close();
    cluster.goAway();
    launcher = start(Map.of());
    JobSpec job = jobs.connector(1, "api_trades");
    assertThat(launch(job).result()).isEqualTo(Result.AWAY);
    assertThatThrownBy(() -> launcher.inspect(job.job()))
        .hasCauseInstanceOf(PeerAwayException.class);
    cluster.comeBack();
    awaitCreated(job);
    awaitRead(launcher);
    awaitPhase(job.job(), JobPhase.RUNNING);
  }
}
