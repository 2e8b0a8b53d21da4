package io.streamforge.cluster;

import io.fabric8.kubernetes.api.model.DeleteOptions;
import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.streamforge.camel.kubernetes.Cluster;
import io.streamforge.camel.kubernetes.JobWatch;
import io.streamforge.camel.kubernetes.JobWatch.Shown;
import io.streamforge.camel.kubernetes.PeerRefusedException;
import io.streamforge.queues.JobRef;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The deletion of jobs, their pods first. What was seen is deleted, by its uid, and not what stands
 * under its name by then: whoever was frozen meanwhile does no harm.
 */
public final class JobDeletion {
  private static final int NOT_FOUND = 404;

  private final Cluster cluster;
  private final JobWatch watch;

  /** Deletions in that cluster. */
  public JobDeletion(Cluster cluster, JobWatch watch) {
    this.cluster = cluster;
    this.watch = watch;
  }

  /**
   * Asks for the deletion of jobs, those left out that are being deleted. That one is refused keeps
   * none of the others.
   *
   * @throws java.io.IOException when the cluster cannot be asked, or has refused one
   */
  public void delete(List<JobRef> refs) throws Exception {
    Map<JobRef, Job> seen = new HashMap<>();
    for (JobRef ref : refs) {
      watch.job(ref.jobName()).ifPresent(job -> seen.put(ref, job));
    }
    Shown now = list(refs.stream().filter(ref -> !seen.containsKey(ref)).toList());
    PeerRefusedException refused = null;
    for (JobRef ref : refs) {
      Job job = seen.containsKey(ref) ? seen.get(ref) : now.job(ref.jobName()).orElse(null);
      try {
        for (HasMetadata object : job == null ? now.podsOf(ref.jobName()) : List.of(job)) {
          if (!object.isMarkedForDeletion()) {
            delete(object);
          }
        }
      } catch (PeerRefusedException e) {
        refused = e;
      }
    }
    if (refused != null) {
      throw refused;
    }
  }

  /** The watch may not have shown them yet, or another process watches, or their job is gone. */
  private Shown list(List<JobRef> unseen) throws Exception {
    Set<String> queues =
        unseen.stream()
            .map(JobRef::queueId)
            .filter(queue -> !queue.isEmpty())
            .collect(Collectors.toSet());
    return queues.isEmpty() ? new Shown(Map.of(), Map.of()) : watch.list(queues);
  }

  private void delete(HasMetadata object) throws Exception {
    String path =
        (object instanceof Pod ? "/api/v1" : "/apis/batch/v1")
            + "/namespaces/"
            + cluster.namespace()
            + "/"
            + object.getPlural()
            + "/"
            + object.getMetadata().getName();
    DeleteOptions options =
        new DeleteOptionsBuilder()
            .withPropagationPolicy(object instanceof Pod ? "Background" : "Foreground")
            .withNewPreconditions()
            .withUid(object.getMetadata().getUid())
            .endPreconditions()
            .build();
    try {
      cluster.ask(() -> cluster.client().raw(path, "DELETE", options));
    } catch (PeerRefusedException e) {
      if (e.code() != NOT_FOUND) {
        throw e;
      }
    }
  }
}
