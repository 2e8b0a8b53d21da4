package io.streamforge.launchers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.queues.DataNames;
import io.streamforge.queues.JobRef;
import io.streamforge.queues.JobSpec;
import io.streamforge.queues.Role;
import io.streamforge.queues.TimeRange;
import io.streamforge.queues.WorkerEnvironment;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Jobs of one queue for tests of launchers. */
public final class Jobs {
  public final String queueId = UUID.randomUUID().toString();
  private final String timeRange;

  public Jobs(String timeRange) {
    this.timeRange = timeRange;
  }

  public JobSpec loader(int step, String type, boolean endless) {
    return job(step, "loader-producer", Role.LOADER, type, endless, Map.of());
  }

  public JobSpec connector(int step, String type) {
    return job(step, "arango-connector", Role.CONNECTOR, type, true, Map.of());
  }

  public JobSpec processor(int step, String target, String type, boolean endless) {
    return job(step, target, Role.PROCESSOR, type, endless, Map.of());
  }

  public JobSpec job(
      int step, String target, Role role, String type, boolean endless, Map<String, String> env) {
    JobRef ref = new JobRef(queueId, step, DataNames.job(queueId, step, target));
    Map<String, String> values = new HashMap<>();
    values.put("QUEUE_ID", queueId);
    values.put("SYMBOL", "BTCUSDT");
    values.put("TYPE", type);
    values.put("TIME_RANGE", timeRange);
    values.put("KAFKA_TOPIC", DataNames.topic(queueId, type));
    values.put("COLLECTION_NAME", "btc_" + type);
    values.put("TELEMETRY_ID", DataNames.telemetryId(target, queueId, step));
    values.put("QUEUE_CONTROL_TOPIC", "queue-control");
    values.put("QUEUE_EVENTS_TOPIC", "queue-events");
    values.putAll(env);
    return new JobSpec(
        ref,
        target,
        role,
        endless,
        TimeRange.parse(timeRange).days(),
        new WorkerEnvironment(values, Map.of("ARANGO_PASSWORD", "ARANGO_PASSWORD")),
        manifest(ref, target, values));
  }

  private static ObjectNode manifest(JobRef ref, String target, Map<String, String> values) {
    ObjectNode job = JsonNodeFactory.instance.objectNode();
    job.put("apiVersion", "batch/v1").put("kind", "Job");
    ObjectNode metadata = job.putObject("metadata").put("name", ref.jobName());
    ObjectNode labels = metadata.putObject("labels");
    labels.put("queue_id", ref.queueId()).put("step", String.valueOf(ref.step()));
    labels.put("app.kubernetes.io/instance", "streamforge");
    ObjectNode spec = job.putObject("spec").put("backoffLimit", 0);
    ObjectNode template = spec.putObject("template");
    template.putObject("metadata").set("labels", labels.deepCopy());
    ObjectNode pod = template.putObject("spec").put("restartPolicy", "Never");
    ObjectNode container = pod.putArray("containers").addObject();
    container.put("name", target).put("image", "example.invalid/" + target + ":1");
    var env = container.putArray("env");
    values.forEach((name, value) -> env.addObject().put("name", name).put("value", value));
    return job;
  }
}
