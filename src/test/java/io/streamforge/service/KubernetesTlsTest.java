package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.camel.kafka.TestAuthority;
import io.streamforge.camel.kubernetes.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service whose API server speaks TLS, with a certificate of an authority of its own. */
class KubernetesTlsTest {
  private static final String LOADER =
      "{\"symbol\":\"BTCUSDT\",\"type\":\"ws\",\"time_range\":\"2024-06-01:2024-06-30\"}";

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  private final TestCluster cluster = TestCluster.secured();

  @AfterEach
  void close() {
    cluster.close();
  }

  private RunningService start(String authority) {
    return RunningService.start(
        Map.of(
            "K8S_MASTER",
            cluster.url(),
            "K8S_CA_FILE",
            authority,
            "K8S_NAMESPACE",
            TestCluster.NAMESPACE,
            "LOADER_IMAGE",
            "example.invalid/loader:1"));
  }

  @Test
  void jobs_are_created_and_watched_when_the_authority_is_trusted() {
    try (RunningService service = start(cluster.authority().toString())) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> service.get("/health/ready").statusCode() == 200);
      String id = service.startQueue(LOADER);

      await().atMost(Duration.ofSeconds(20)).until(() -> service.status(id).equals("loading"));
      assertThat(cluster.jobs())
          .singleElement()
          .satisfies(
              job -> assertThat(job.getMetadata().getLabels()).containsEntry("queue_id", id));
    }
  }

  @Test
  void an_unknown_authority_is_told_with_what_to_do_and_no_job_is_created() {
    Path unknown = new TestAuthority().writeCertificate(folder.resolve("ca.pem"));
    try (RunningService service = start(unknown.toString())) {
      assertUntrusted(service);
      var answer = RunningService.json(service.post("/queues/start", LOADER));
      assertThat(answer.path("message").asText())
          .isEqualTo("Queue recorded; its jobs start when the cluster is back");
    }
    assertThat(cluster.jobs()).isEmpty();
  }

  @Test
  void an_authority_that_the_system_does_not_know_is_told_too() {
    try (RunningService service = start("")) {
      assertUntrusted(service);
    }
  }

  private static void assertUntrusted(RunningService service) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(service.get("/health/ready").body())
                    .contains("launcher")
                    .contains(
                        "the certificate that the API server shows is signed by an authority that"
                            + " is not trusted here: put the authority's certificate into"
                            + " K8S_CA_FILE"));
  }
}
