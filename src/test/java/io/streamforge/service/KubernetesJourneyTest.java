package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.streamforge.camel.kubernetes.Fate;
import io.streamforge.camel.kubernetes.TestCluster;
import io.streamforge.queues.DataNames;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Queues whose steps are jobs on a cluster, from their start to their end. */
class KubernetesJourneyTest {
  private static final String LOADER =
      "{\"symbol\":\"BTCUSDT\",\"type\":\"api_trades\",\"time_range\":\"2024-06-01:2024-06-30\"}";
  private static TestCluster cluster;
  private static RunningService service;
  private static PlayedWorkers workers;

  @BeforeAll
  static void start() {
    cluster = new TestCluster();
    service =
        RunningService.start(
            Map.ofEntries(
                Map.entry("K8S_MASTER", cluster.url()),
                Map.entry("K8S_NAMESPACE", TestCluster.NAMESPACE),
                Map.entry("K8S_REQUEST_TIMEOUT", "2s"),
                Map.entry("K8S_RETRY_DELAY", "100ms"),
                Map.entry("K8S_RETRY_LONGEST_DELAY", "500ms"),
                Map.entry("K8S_COMPARE_PERIOD", "1s"),
                Map.entry("K8S_WATCH_GRACE", "300ms"),
                Map.entry("K8S_BACKOFF_LIMIT", "0"),
                Map.entry("K8S_QPS", "500"),
                Map.entry("K8S_BURST", "500"),
                Map.entry("START_DEADLINE", "5s"),
                Map.entry("LAUNCH_WINDOW", "1s"),
                Map.entry("KAFKA_PASSWORD", "s3cr3t-of-kafka"),
                Map.entry("LOADER_IMAGE", "example.invalid/loader:1"),
                Map.entry("CONSUMER_IMAGE", "example.invalid/connector:1"),
                Map.entry("GRAPH_BUILDER_IMAGE", "example.invalid/builder:1"),
                Map.entry("GNN_TRAINER_IMAGE", "example.invalid/trainer:1"),
                Map.entry("VISUALIZER_IMAGE", "example.invalid/visualizer:1")));
    workers = new PlayedWorkers(service, cluster);
  }

  @AfterAll
  static void stop() {
    workers.close();
    service.close();
    cluster.close();
  }

  @AfterEach
  void heal() {
    cluster.heal();
    cluster.holdPods(false);
  }

  private static void awaitStatus(String id, String status) {
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(service.status(id)).isEqualTo(status));
  }

  /** A queue of one loader whose job is made only once the test knows its name. */
  private static String startLoader(Fate fate) {
    cluster.answer(request -> request.startsWith("POST"), 503, "ServiceUnavailable", "wait");
    String id = service.startQueue(LOADER);
    workers.silence(loaderOf(id));
    cluster.fate(loaderOf(id), fate);
    cluster.heal();
    return id;
  }

  private static String loaderOf(String id) {
    return DataNames.job(id, 1, "loader-producer");
  }

  private static List<Job> jobsOf(String id) {
    return cluster.jobs().stream()
        .filter(job -> id.equals(job.getMetadata().getLabels().get("queue_id")))
        .toList();
  }

  private static List<Pod> livingPodsOf(String id) {
    return cluster.pods().stream()
        .filter(pod -> id.equals(pod.getMetadata().getLabels().get("queue_id")))
        .filter(pod -> !List.of("Succeeded", "Failed").contains(pod.getStatus().getPhase()))
        .toList();
  }

  private static List<String> history(String id) {
    JsonNode events =
        RunningService.json(service.get("/queues/" + id + "/events")).path("data").path("events");
    return StreamSupport.stream(events.spliterator(), false)
        .map(event -> event.path("message").asText())
        .toList();
  }

  @Test
  void the_historical_pipeline_runs_to_its_end() {
    String id = service.startQueue(RunningService.request("historical-pipeline"));

    awaitStatus(id, "finished");

    assertThat(service.queue(id).path("steps"))
        .hasSize(6)
        .allMatch(step -> step.path("status").asText().equals("finished"));
    assertThat(service.queue(id).path("records_written").asLong())
        .isEqualTo(2 * PlayedWorkers.RECORDS);
    await().untilAsserted(() -> assertThat(livingPodsOf(id)).isEmpty());
    assertThat(jobsOf(id).toString()).doesNotContain("s3cr3t-of-kafka");
    String trace = service.queue(id).path("traceparent").asText();
    assertThat(trace).matches("00-[0-9a-f]{32}-.*");
    assertThat(jobsOf(id).stream().map(KubernetesJourneyTest::traceOf))
        .isNotEmpty()
        .allMatch(each -> each.startsWith(trace.substring(0, 35)));
  }

  private static String traceOf(Job job) {
    return job.getSpec().getTemplate().getSpec().getContainers().get(0).getEnv().stream()
        .filter(variable -> variable.getName().equals("TRACEPARENT"))
        .map(variable -> variable.getValue())
        .findFirst()
        .orElse("");
  }

  @Test
  void the_realtime_pipeline_is_stopped_only_when_no_pod_of_it_lives() {
    String id = service.startQueue(RunningService.request("realtime-pipeline"));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(service.queue(id).path("steps"))
                    .allMatch(step -> step.path("status").asText().equals("loading")));
    cluster.holdPods(true);

    service.post("/queues/stop?queue_id=" + id, "");
    assertThat(service.queue(id).path("steps"))
        .allMatch(step -> step.at("/job/ending").asText().equals("asked"));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(service.queue(id).path("steps"))
                    .allMatch(step -> step.at("/job/ending").asText().equals("deleted")));
    await()
        .during(Duration.ofSeconds(2))
        .untilAsserted(() -> assertThat(service.status(id)).isEqualTo("stopping"));
    assertThat(livingPodsOf(id)).hasSize(7);
    cluster.holdPods(false);

    awaitStatus(id, "stopped");
    assertThat(livingPodsOf(id)).isEmpty();
    assertThat(jobsOf(id)).isEmpty();
    assertThat(service.queue(id).path("steps"))
        .allMatch(step -> step.at("/job/ending").asText().equals("gone"))
        .allMatch(step -> step.path("status").asText().equals("stopped"));
    assertThat(history(id))
        .containsSubsequence(
            "stop was asked",
            "told its workers to stop",
            "deleted its job, since its worker did not end within PT3S",
            "its job is gone, no worker of it lives",
            "every step has ended and no worker lives");
  }

  @Test
  void a_worker_that_fails_without_a_word_is_told_of_by_the_cluster() {
    String log = "connecting with password=hunter2\nusing s3cr3t-of-kafka\nkilled";
    String id = startLoader(Fate.fails(137, "OOMKilled", log));

    awaitStatus(id, "error");

    JsonNode queue = service.queue(id);
    assertThat(queue.path("error_message").asText())
        .startsWith(
            "step 1 (loader-producer): its worker ran out of memory (OOMKilled, exit code 137)");
    assertThat(queue.at("/steps/0/pod_log_tail").asText())
        .isEqualTo("connecting with password=***\nusing ***\nkilled");
  }

  @Test
  void a_job_that_completes_without_a_word_is_finished() {
    awaitStatus(startLoader(Fate.completes()), "finished");
  }

  @Test
  void a_job_that_somebody_deletes_has_vanished() {
    String id = startLoader(Fate.runs());
    awaitStatus(id, "loading");
    await().until(() -> !livingPodsOf(id).isEmpty());

    cluster.deleteByHand(loaderOf(id));

    awaitStatus(id, "error");
    assertThat(service.queue(id).path("error_message").asText())
        .isEqualTo("step 1 (loader-producer): its job vanished");
    assertThat(livingPodsOf(id)).isEmpty();
  }

  @Test
  void a_worker_that_cannot_start_in_time_ends_its_step() {
    String id = startLoader(Fate.waits("ImagePullBackOff", "Back-off pulling image"));

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(service.queue(id).at("/steps/0/job/reason").asText())
                    .startsWith("its worker cannot get its image (ImagePullBackOff)"));
    awaitStatus(id, "error");

    assertThat(service.queue(id).path("error_message").asText())
        .startsWith(
            "step 1 (loader-producer): did not start within 5s: its worker cannot get its image"
                + " (ImagePullBackOff)");
    await().untilAsserted(() -> assertThat(jobsOf(id)).isEmpty());
  }

  @Test
  void where_worker_and_cluster_disagree_the_history_says_so() {
    String id = startLoader(Fate.runs());
    awaitStatus(id, "loading");
    String source = DataNames.telemetryId("loader-producer", id, 1);
    // Else its job may be deleted before it has failed.
    cluster.answer(
        request -> request.startsWith("DELETE"), 503, "ServiceUnavailable", "try again later");
    service.write(
        "queue.events.topic",
        "{\"queue_id\":\"" + id + "\",\"producer\":\"" + source + "\",\"status\":\"finished\"}");
    awaitStatus(id, "finished");

    cluster.fate(loaderOf(id), Fate.fails(3, "Error", "ValueError: bad symbol"));

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(history(id))
                    .anyMatch(
                        line ->
                            line.startsWith(
                                "its worker said that it has finished, its job failed: its worker"
                                    + " failed (Error, exit code 3)")));
    assertThat(service.status(id)).isEqualTo("finished");
  }

  @Test
  void while_the_api_server_is_in_trouble_a_queue_waits_and_its_client_is_told() {
    cluster.answer(request -> request.startsWith("POST"), 500, "InternalError", "etcd is away");

    JsonNode answer = RunningService.json(service.post("/queues/start", LOADER));
    String id = answer.at("/data/queue_id").asText();

    assertThat(answer.path("message").asText())
        .isEqualTo("Queue recorded; its jobs start when the cluster is back");
    await()
        .during(Duration.ofMillis(2500))
        .untilAsserted(() -> assertThat(service.status(id)).isEqualTo("pending"));
    cluster.heal();
    awaitStatus(id, "finished");
  }

  @Test
  void what_the_api_server_forbids_ends_the_queue_with_its_words() {
    cluster.answer(
        request -> request.startsWith("POST"), 403, "Forbidden", "exceeded quota: q, used: 10");

    JsonNode answer = RunningService.json(service.post("/queues/start", LOADER));
    String id = answer.at("/data/queue_id").asText();

    awaitStatus(id, "error");
    assertThat(service.queue(id).path("error_message").asText())
        .contains("the API server answers 403: exceeded quota: q, used: 10");
    assertThat(jobsOf(id)).isEmpty();
  }

  @Test
  void an_end_that_the_watch_never_showed_is_noticed() {
    String expired = startLoader(Fate.runs());
    awaitStatus(expired, "loading");
    cluster.expireWatches();
    cluster.fate(loaderOf(expired), Fate.completes());
    awaitStatus(expired, "finished");

    String swallowed = startLoader(Fate.runs());
    awaitStatus(swallowed, "loading");
    cluster.swallowEvents();
    cluster.fate(loaderOf(swallowed), Fate.completes());
    awaitStatus(swallowed, "finished");
  }

  @Test
  void while_the_cluster_says_nothing_the_service_is_there_and_says_so() {
    String id = startLoader(Fate.runs());
    awaitStatus(id, "loading");
    cluster.hang(request -> true);

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              var ready = service.get("/health/ready");
              assertThat(ready.statusCode()).isEqualTo(503);
              assertThat(ready.body()).contains("launcher");
            });
    assertThat(service.get("/queues/" + id).statusCode()).isEqualTo(200);
    assertThat(service.status(id)).isEqualTo("loading");

    cluster.heal();
    cluster.fate(loaderOf(id), Fate.completes());
    awaitStatus(id, "finished");
    await().until(() -> service.get("/health/ready").statusCode() == 200);
  }

  @Test
  void a_job_without_a_queue_is_reported_and_left_alone() {
    Job job =
        new JobBuilder()
            .withNewMetadata()
            .withName("sf-000000000000-1-loader-producer")
            .addToLabels("queue_id", "00000000-0000-4000-8000-000000000000")
            .addToLabels("step", "1")
            .addToLabels("app.kubernetes.io/instance", service.setting("instance"))
            .endMetadata()
            .withNewSpec()
            .withBackoffLimit(0)
            .withNewTemplate()
            .withNewMetadata()
            .addToLabels("app.kubernetes.io/instance", service.setting("instance"))
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("worker")
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build();
    cluster.plant(job);
    workers.silence(job.getMetadata().getName());

    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(service.get("/metrics").body()).contains("jobs_without_queue 1.0"));
    assertThat(cluster.jobs())
        .anyMatch(one -> one.getMetadata().getName().equals(job.getMetadata().getName()));
    cluster.deleteByHand(job.getMetadata().getName());
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> assertThat(service.get("/metrics").body()).contains("jobs_without_queue 0.0"));
  }
}
