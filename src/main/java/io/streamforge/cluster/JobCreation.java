package io.streamforge.cluster;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.streamforge.camel.kubernetes.Cluster;
import io.streamforge.camel.kubernetes.PeerAwayException;
import io.streamforge.camel.kubernetes.PeerRefusedException;
import io.streamforge.queues.JobSpec;
import io.streamforge.queues.LaunchOutcome;
import io.streamforge.queues.LaunchOutcome.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The creation of one job: what is sent, and what is made of the answer. */
public final class JobCreation {
  private static final int CONFLICT = 409;
  private static final Logger LOG = LoggerFactory.getLogger(JobCreation.class);
  private final Cluster cluster;
  private volatile String whyAway = "";

  /** Creations in that cluster. */
  public JobCreation(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * The job to create, once it may be.
   *
   * @throws PeerAwayException when it may not be now
   */
  public Job admit(JobSpec spec) throws PeerAwayException {
    cluster.gate().passInTurn(spec.job().jobName());
    return job(spec);
  }

  private static Job job(JobSpec spec) {
    return Serialization.unmarshal(spec.manifest().toString(), Job.class);
  }

  /** The outcome of a creation that was answered with the job. */
  public LaunchOutcome created(JobSpec spec) {
    cluster.gate().worked();
    whyAway = "";
    return new LaunchOutcome(spec.job(), Result.CREATED, null);
  }

  /** The outcome of a creation that failed. */
  public LaunchOutcome failed(JobSpec spec, Exception failure) {
    Exception cause = failure;
    if (failure instanceof KubernetesClientException answer) {
      if (answer.getCode() == CONFLICT) {
        return exists(spec);
      }
      cause = cluster.heed(answer);
    }
    if (cause instanceof PeerRefusedException) {
      return refused(spec, String.valueOf(cause.getMessage()));
    }
    if (cause instanceof IllegalArgumentException wrong) {
      return refused(spec, "the manifest of its job cannot be read: " + wrong.getMessage());
    }
    return away(spec, String.valueOf(cause.getMessage()));
  }

  /** The log is told why jobs wait when the reason is a new one, not for each job and try. */
  private LaunchOutcome away(JobSpec spec, String reason) {
    if (!reason.equals(whyAway)) {
      LOG.warn("jobs wait to be launched, {} is the first: {}", spec.job().jobName(), reason);
    }
    whyAway = reason;
    return new LaunchOutcome(spec.job(), Result.AWAY, reason);
  }

  private static LaunchOutcome refused(JobSpec spec, String reason) {
    return new LaunchOutcome(spec.job(), Result.REFUSED, reason);
  }

  private LaunchOutcome exists(JobSpec spec) {
    String name = spec.job().jobName();
    try {
      Job there =
          cluster.ask(
              () ->
                  cluster
                      .client()
                      .batch()
                      .v1()
                      .jobs()
                      .inNamespace(cluster.namespace())
                      .withName(name)
                      .get());
      if (there == null) {
        return away(spec, "a job of that name was there and is no more");
      }
      return JobLabels.same(there, job(spec))
          ? created(spec)
          : refused(
              spec, "a job named " + name + " is there that is not ours: delete or rename it");
    } catch (PeerRefusedException e) {
      return refused(spec, String.valueOf(e.getMessage()));
    } catch (Exception e) {
      return away(spec, String.valueOf(e.getMessage()));
    }
  }
}
