package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.camel.kubernetes.Fate;
import io.streamforge.camel.kubernetes.TestCluster;
import io.streamforge.faults.Fault;
import io.streamforge.faults.FaultProxy;
import io.streamforge.queues.DataNames;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The line to the API server is refused, silent, slow or cut amid pipelines, one after the other:
 * every queue ends as it would have without, and no message of a worker is lost.
 */
class KubernetesFaultTest {
  private static final Duration RECOVERY = Duration.ofSeconds(10);
  private static final String LOADER =
      "{\"symbol\":\"%s\",\"type\":\"%s\",\"time_range\":\"2024-06-01:2024-06-01\"}";

  private final TestCluster cluster = new TestCluster();
  private final FaultProxy proxy = new FaultProxy();

  @SuppressWarnings("NullAway.Init")
  private RunningService service;

  @SuppressWarnings("NullAway.Init")
  private PlayedWorkers workers;

  @BeforeEach
  void start() {
    proxy.to(URI.create(cluster.url()).getPort());
    service =
        RunningService.start(
            Map.ofEntries(
                Map.entry("K8S_MASTER", "http://" + proxy.address()),
                Map.entry("K8S_NAMESPACE", TestCluster.NAMESPACE),
                Map.entry("K8S_REQUEST_TIMEOUT", "2s"),
                Map.entry("K8S_COMPARE_PERIOD", "2s"),
                Map.entry("K8S_BACKOFF_LIMIT", "0"),
                Map.entry("K8S_QPS", "500"),
                Map.entry("K8S_BURST", "500"),
                Map.entry("LAUNCH_WINDOW", "1s"),
                Map.entry("LOADER_IMAGE", "example.invalid/loader:1"),
                Map.entry("CONSUMER_IMAGE", "example.invalid/connector:1"),
                Map.entry("GRAPH_BUILDER_IMAGE", "example.invalid/builder:1"),
                Map.entry("GNN_TRAINER_IMAGE", "example.invalid/trainer:1")));
    workers = new PlayedWorkers(service, cluster);
  }

  @AfterEach
  void stop() {
    workers.close();
    service.close();
    proxy.close();
    cluster.close();
  }

  @Test
  void faults_of_three_seconds_amid_pipelines_leave_every_state_true() {
    faultsAmidPipelines(Duration.ofSeconds(3));
  }

  @Test
  @Tag("endurance")
  void faults_of_thirty_seconds_amid_pipelines_leave_every_state_true() {
    faultsAmidPipelines(Duration.ofSeconds(30));
  }

  private void faultsAmidPipelines(Duration length) {
    Map<String, String> ends = new LinkedHashMap<>();
    for (Fault fault : List.of(Fault.REFUSE, Fault.HANG, Fault.SLOW, Fault.DROP)) {
      String toStop = service.startQueue(LOADER.formatted("STOP" + fault, "ws"));
      ends.put(toStop, "stopped");
      awaitStatus(toStop, "loading");
      String toFail = startSilent(fault);
      ends.put(toFail, "error");
      String pipeline = service.startQueue(RunningService.request("historical-pipeline"));
      ends.put(pipeline, "finished");

      proxy.set(fault);
      long healAt = System.nanoTime() + length.toNanos();
      cluster.fate(loaderOf(toFail), Fate.fails(137, "OOMKilled", "no memory left"));
      String started = service.startQueue(LOADER.formatted("IN" + fault, "api_trades"));
      ends.put(started, "finished");
      HttpResponse<String> stopped = service.post("/queues/stop?queue_id=" + toStop, "");
      assertThat(stopped.statusCode()).as(stopped.body()).isEqualTo(200);
      await().atMost(length.plusSeconds(60)).until(() -> System.nanoTime() >= healAt);
      proxy.set(Fault.NONE);

      Duration recovery = awaitReady();
      awaitStatus(started, "finished");
      System.out.printf(
          "cluster, %s for %d s: ready again after %d ms, a queue of meanwhile ended after %d ms%n",
          fault,
          length.toSeconds(),
          recovery.toMillis(),
          Duration.ofNanos(System.nanoTime() - healAt).toMillis());
    }
    ends.forEach(this::awaitTruth);
  }

  /** A queue whose worker runs and says nothing. */
  private String startSilent(Fault fault) {
    cluster.answer(request -> request.startsWith("POST"), 503, "ServiceUnavailable", "wait");
    String id = service.startQueue(LOADER.formatted("FAIL" + fault, "api_trades"));
    workers.silence(loaderOf(id));
    cluster.fate(loaderOf(id), Fate.runs());
    cluster.heal();
    awaitStatus(id, "loading");
    return id;
  }

  private static String loaderOf(String id) {
    return DataNames.job(id, 1, "loader-producer");
  }

  private Duration awaitReady() {
    long begin = System.nanoTime();
    await()
        .atMost(RECOVERY)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              HttpResponse<String> answer = service.get("/health/ready");
              assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            });
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private void awaitStatus(String id, String status) {
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () ->
                assertThat(service.status(id))
                    .as(() -> service.queue(id).toPrettyString())
                    .isEqualTo(status));
  }

  private void awaitTruth(String id, String end) {
    awaitStatus(id, end);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(cluster.pods())
                    .as("no pod of a queue that is over lives")
                    .noneMatch(
                        pod ->
                            id.equals(pod.getMetadata().getLabels().get("queue_id"))
                                && !List.of("Succeeded", "Failed")
                                    .contains(pod.getStatus().getPhase())));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> service.queue(id).path("telemetry_messages").asInt() == workers.said(id));
    if (end.equals("error")) {
      assertThat(service.queue(id).path("error_message").asText()).contains("OOMKilled");
    }
  }
}
