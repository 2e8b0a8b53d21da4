package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.streamforge.camel.kubernetes.TestCluster;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A service that begins before its cluster is there. */
class KubernetesAwayTest {
  private static final String LOADER =
      "{\"symbol\":\"BTCUSDT\",\"type\":\"ws\",\"time_range\":\"2024-06-01:2024-06-30\"}";

  private final TestCluster cluster = new TestCluster();

  private RunningService start() {
    return RunningService.start(
        Map.of(
            "K8S_MASTER", cluster.url(),
            "K8S_NAMESPACE", TestCluster.NAMESPACE,
            "K8S_COMPARE_PERIOD", "1s",
            "K8S_RETRY_DELAY", "100ms",
            "K8S_RETRY_LONGEST_DELAY", "500ms",
            "K8S_WATCH_GRACE", "300ms",
            "LOADER_IMAGE", "example.invalid/loader:1",
            "ORPHANS", "delete"));
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void it_is_up_says_what_is_missing_and_goes_on_by_itself_when_the_cluster_is_there() {
    cluster.goAway();
    try (RunningService service = start()) {
      assertThat(service.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(service.get("/health/ready").body())
          .contains("launcher")
          .contains("the API server cannot be reached");
      var answer = RunningService.json(service.post("/queues/start", LOADER));
      assertThat(answer.path("message").asText())
          .isEqualTo("Queue recorded; its jobs start when the cluster is back");
      String id = answer.at("/data/queue_id").asText();
      assertThat(service.status(id)).isEqualTo("pending");

      cluster.comeBack();

      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(
              () -> {
                assertThat(service.status(id)).isEqualTo("loading");
                assertThat(service.get("/health/ready").statusCode()).isEqualTo(200);
              });
    }
  }

  @Test
  void jobs_without_a_queue_are_deleted_when_that_is_set_and_those_of_others_are_not() {
    try (RunningService service = start()) {
      cluster.plantRunning(job("sf-000000000000-1-ours", service.setting("instance")));
      cluster.plantRunning(job("sf-000000000000-1-others", "another"));

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(cluster.jobs())
                      .extracting(job -> job.getMetadata().getName())
                      .containsExactly("sf-000000000000-1-others"));
      assertThat(cluster.podsOf("sf-000000000000-1-ours")).isEmpty();
    }
  }

  private static Job job(String name, String instance) {
    return new JobBuilder()
        .withNewMetadata()
        .withName(name)
        .addToLabels("queue_id", "00000000-0000-4000-8000-000000000000")
        .addToLabels("step", "1")
        .addToLabels("app.kubernetes.io/instance", instance)
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(0)
        .withNewTemplate()
        .withNewMetadata()
        .addToLabels("app.kubernetes.io/instance", instance)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName("worker")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }
}
