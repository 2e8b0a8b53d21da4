package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JobManifestTest {
  private static final QueueState QUEUE = Queues.planned("historical-pipeline");
  private static final WorkerEnvironment ENVIRONMENT =
      new WorkerEnvironment(Map.of("A", "1"), Map.of("KAFKA_PASSWORD", "KAFKA_PASSWORD"));

  private static JobSettings settings(String caConfigMap, String serviceAccount) {
    return new JobSettings(
        "stf",
        "forge",
        "worker-secret",
        caConfigMap,
        "/etc/ca/ca.pem",
        serviceAccount,
        "IfNotPresent",
        4,
        3600,
        Map.of("disk", "fast"),
        Map.of("cpu", "100m"),
        Map.of("memory", "1Gi"));
  }

  private static JsonNode job(JobSettings settings) {
    return new JobManifest(settings)
        .of(QUEUE, QUEUE.step(3), Queues.CATALOGUE.target("arango-connector"), ENVIRONMENT);
  }

  @Test
  void a_job_has_the_name_the_labels_and_the_limits_of_the_contract() {
    JsonNode job = job(settings("", ""));

    assertThat(job.path("apiVersion").asText()).isEqualTo("batch/v1");
    assertThat(job.at("/metadata/name").asText()).isEqualTo("sf-b927fa133b22-3-arango-connector");
    assertThat(job.at("/metadata/namespace").asText()).isEqualTo("stf");
    for (JsonNode labels :
        List.of(job.at("/metadata/labels"), job.at("/spec/template/metadata/labels"))) {
      assertThat(labels.path("app").asText()).isEqualTo("streamforge");
      assertThat(labels.path("queue_id").asText()).isEqualTo(Queues.ID);
      assertThat(labels.path("target").asText()).isEqualTo("arango-connector");
      assertThat(labels.path("step").asText()).isEqualTo("3");
      assertThat(labels.path("app.kubernetes.io/managed-by").asText()).isEqualTo("streamforge");
      assertThat(labels.path("app.kubernetes.io/instance").asText()).isEqualTo("forge");
    }
    assertThat(job.at("/spec/backoffLimit").asInt()).isEqualTo(4);
    assertThat(job.at("/spec/ttlSecondsAfterFinished").asInt()).isEqualTo(3600);
    assertThat(job.at("/spec/template/spec/restartPolicy").asText()).isEqualTo("Never");
    assertThat(job.at("/spec/template/spec/nodeSelector/disk").asText()).isEqualTo("fast");
  }

  @Test
  void a_password_is_a_reference_to_the_secret() {
    JsonNode env = job(settings("", "")).at("/spec/template/spec/containers/0/env");

    assertThat(env).hasSize(2);
    assertThat(env.get(0).path("value").asText()).isEqualTo("1");
    assertThat(env.get(1).path("name").asText()).isEqualTo("KAFKA_PASSWORD");
    assertThat(env.get(1).has("value")).isFalse();
    assertThat(env.get(1).at("/valueFrom/secretKeyRef/name").asText()).isEqualTo("worker-secret");
    assertThat(env.get(1).at("/valueFrom/secretKeyRef/key").asText()).isEqualTo("KAFKA_PASSWORD");
  }

  @Test
  void a_pod_may_do_no_more_than_it_must() {
    JsonNode pod = job(settings("", "")).at("/spec/template/spec");

    assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
    assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
    assertThat(pod.at("/containers/0/securityContext/allowPrivilegeEscalation").asBoolean(true))
        .isFalse();
    assertThat(pod.at("/containers/0/securityContext/capabilities/drop/0").asText())
        .isEqualTo("ALL");
    assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
    assertThat(pod.has("serviceAccountName")).isFalse();
    assertThat(pod.has("volumes")).isFalse();
  }

  @Test
  void what_is_set_is_mounted_and_named() {
    JsonNode pod = job(settings("authority", "worker")).at("/spec/template/spec");

    assertThat(pod.path("serviceAccountName").asText()).isEqualTo("worker");
    assertThat(pod.at("/volumes/0/configMap/name").asText()).isEqualTo("authority");
    assertThat(pod.at("/containers/0/volumeMounts/0/mountPath").asText())
        .isEqualTo("/etc/ca/ca.pem");
    assertThat(pod.at("/containers/0/volumeMounts/0/subPath").asText()).isEqualTo("ca.pem");
  }

  @Test
  void a_step_whose_target_is_gone_from_the_catalogue_still_has_a_job() {
    JsonNode job =
        new JobManifest(settings("", "")).of(QUEUE, QUEUE.step(3), Optional.empty(), ENVIRONMENT);

    assertThat(job.at("/spec/template/spec/containers/0/image").asText()).isNotEmpty();
    assertThat(job.at("/spec/template/spec/containers/0/resources/limits/memory").asText())
        .isEqualTo("1Gi");
  }
}
