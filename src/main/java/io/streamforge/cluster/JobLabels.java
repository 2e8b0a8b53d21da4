package io.streamforge.cluster;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.streamforge.queues.JobRef;
import java.util.Map;
import java.util.Objects;

/** The labels by which our jobs are told from others. */
final class JobLabels {
  static final String QUEUE = "queue_id";
  static final String STEP = "step";
  static final String INSTANCE = "app.kubernetes.io/instance";

  private JobLabels() {}

  /** The job as its labels say; without a queue when they do not say it. */
  static JobRef ref(Job job) {
    Map<String, String> labels = of(job);
    String step = labels.getOrDefault(STEP, "");
    return new JobRef(
        labels.getOrDefault(QUEUE, ""),
        step.matches("[0-9]{1,4}") ? Integer.parseInt(step) : 0,
        job.getMetadata().getName());
  }

  /** Whether two jobs are the same step of the same queue of the same instance. */
  static boolean same(Job one, Job other) {
    return of(one).get(QUEUE) != null
        && Objects.equals(of(one).get(QUEUE), of(other).get(QUEUE))
        && Objects.equals(of(one).get(STEP), of(other).get(STEP))
        && Objects.equals(of(one).get(INSTANCE), of(other).get(INSTANCE));
  }

  private static Map<String, String> of(Job job) {
    Map<String, String> labels = job.getMetadata().getLabels();
    return labels == null ? Map.of() : labels;
  }
}
