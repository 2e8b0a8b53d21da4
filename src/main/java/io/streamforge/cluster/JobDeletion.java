package io.streamforge.cluster;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.streamforge.camel.kubernetes.Cluster;
import io.streamforge.camel.kubernetes.JobWatch;
import io.streamforge.camel.kubernetes.PeerRefusedException;
import io.streamforge.queues.JobRef;
import java.util.List;

/** The deletion of jobs, their pods first. */
public final class JobDeletion {
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
    PeerRefusedException refused = null;
    for (JobRef ref : refs) {
      if (watch.job(ref.jobName()).filter(HasMetadata::isMarkedForDeletion).isEmpty()) {
        try {
          delete(ref);
        } catch (PeerRefusedException e) {
          refused = e;
        }
      }
    }
    if (refused != null) {
      throw refused;
    }
  }

  private void delete(JobRef ref) throws Exception {
    boolean unknown =
        cluster
            .ask(
                () ->
                    cluster
                        .client()
                        .batch()
                        .v1()
                        .jobs()
                        .inNamespace(cluster.namespace())
                        .withName(ref.jobName())
                        .withPropagationPolicy(DeletionPropagation.FOREGROUND)
                        .delete())
            .isEmpty();
    if (unknown) {
      deleteOrphans(ref);
    }
  }

  /** Pods whose job was deleted without them. */
  private void deleteOrphans(JobRef ref) throws Exception {
    for (Pod pod : watch.podsOf(ref.jobName())) {
      if (!pod.isMarkedForDeletion()) {
        cluster.ask(
            () ->
                cluster
                    .client()
                    .pods()
                    .inNamespace(cluster.namespace())
                    .withName(pod.getMetadata().getName())
                    .delete());
      }
    }
  }
}
