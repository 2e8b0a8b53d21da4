package io.streamforge.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.queues.Catalogue.Target;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The {@code batch/v1} Job of a step. */
public final class JobManifest {
  private final JobSettings settings;

  /** Manifests under these settings. */
  public JobManifest(JobSettings settings) {
    this.settings = settings;
  }

  /**
   * The manifest as a JSON object; passwords stand in it by reference only.
   *
   * @param target empty when the catalogue has lost the step's target since the queue was started
   */
  public ObjectNode of(
      QueueState queue, StepState step, Optional<Target> target, WorkerEnvironment environment) {
    ObjectNode job = QueueJson.MAPPER.createObjectNode();
    job.put("apiVersion", "batch/v1").put("kind", "Job");
    ObjectNode metadata = job.putObject("metadata");
    metadata.put("name", step.jobName()).put("namespace", settings.namespace());
    metadata.set("labels", labels(queue, step));
    ObjectNode spec = job.putObject("spec");
    spec.put("backoffLimit", settings.backoffLimit());
    spec.put("ttlSecondsAfterFinished", settings.ttlSeconds());
    ObjectNode template = spec.putObject("template");
    template.putObject("metadata").set("labels", labels(queue, step));
    ObjectNode pod = template.putObject("spec");
    pod.put("restartPolicy", "Never");
    if (!settings.serviceAccount().isEmpty()) {
      pod.put("serviceAccountName", settings.serviceAccount());
    }
    pod.put("automountServiceAccountToken", !settings.serviceAccount().isEmpty());
    if (!settings.nodeSelector().isEmpty()) {
      pod.set("nodeSelector", QueueJson.MAPPER.valueToTree(settings.nodeSelector()));
    }
    ObjectNode podSecurity = pod.putObject("securityContext").put("runAsNonRoot", true);
    podSecurity.putObject("seccompProfile").put("type", "RuntimeDefault");
    ObjectNode container = pod.putArray("containers").addObject();
    fill(container, step, target, environment);
    mountAuthority(pod, container);
    return job;
  }

  private ObjectNode labels(QueueState queue, StepState step) {
    return QueueJson.MAPPER
        .createObjectNode()
        .put("app", "streamforge")
        .put("queue_id", queue.id())
        .put("target", step.target())
        .put("step", String.valueOf(step.number()))
        .put("app.kubernetes.io/managed-by", "streamforge")
        .put("app.kubernetes.io/instance", settings.instance());
  }

  private void fill(
      ObjectNode container,
      StepState step,
      Optional<Target> target,
      WorkerEnvironment environment) {
    container.put("name", step.target()).put("image", step.image());
    container.put("imagePullPolicy", settings.pullPolicy());
    target
        .map(Target::command)
        .filter(command -> !command.isEmpty())
        .ifPresent(command -> container.set("command", QueueJson.MAPPER.valueToTree(command)));
    ArrayNode env = container.putArray("env");
    environment
        .values()
        .forEach((name, value) -> env.addObject().put("name", name).put("value", value));
    environment
        .secrets()
        .forEach(
            (name, key) -> {
              ObjectNode reference = env.addObject().put("name", name).putObject("valueFrom");
              reference
                  .putObject("secretKeyRef")
                  .put("name", settings.workerSecret())
                  .put("key", key);
            });
    target
        .map(Target::envFrom)
        .filter(from -> !from.isEmpty())
        .ifPresent(from -> container.putArray("envFrom").addAll(from));
    container.set("resources", target.map(Target::resources).orElseGet(this::resources));
    ObjectNode security = container.putObject("securityContext");
    security.put("allowPrivilegeEscalation", false);
    security.putObject("capabilities").putArray("drop").add("ALL");
  }

  private JsonNode resources() {
    return QueueJson.MAPPER.valueToTree(
        Map.of("requests", settings.requests(), "limits", settings.limits()));
  }

  private void mountAuthority(ObjectNode pod, ObjectNode container) {
    if (settings.caConfigMap().isEmpty() || settings.caPath().isEmpty()) {
      return;
    }
    Path path = Path.of(settings.caPath());
    ObjectNode volume = pod.putArray("volumes").addObject().put("name", "certificate-authority");
    volume.putObject("configMap").put("name", settings.caConfigMap());
    container
        .putArray("volumeMounts")
        .addObject()
        .put("name", "certificate-authority")
        .put("mountPath", settings.caPath())
        .put("subPath", String.valueOf(path.getFileName()))
        .put("readOnly", true);
  }
}
