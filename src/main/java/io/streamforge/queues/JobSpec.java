package io.streamforge.queues;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A job to be launched.
 *
 * @param job its name, the same at each try
 * @param days how many days of data the step is about
 * @param manifest the {@code batch/v1} Job, for a launcher that talks to a cluster
 */
public record JobSpec(
    JobRef job,
    String target,
    Role role,
    boolean endless,
    long days,
    WorkerEnvironment environment,
    JsonNode manifest) {
  public JobSpec {
    requireNonNull(job, "job is null");
    requireNonNull(environment, "environment is null");
    requireNonNull(manifest, "manifest is null");
  }
}
