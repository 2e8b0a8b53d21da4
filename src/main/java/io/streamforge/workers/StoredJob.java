package io.streamforge.workers;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job of the embedded launcher as a store keeps it.
 *
 * @param name unique; a second job of the same name is never made
 * @param queueId the queue it works for
 * @param version from 1, one more with each change
 * @param over whether the job has ended; an ended job is never claimed again
 * @param owner the process whose worker runs it, null when nobody does
 * @param leaseUntil until when the owner may go on without renewing, null without an owner
 * @param document what the job is to do and how far it is, as JSON text
 */
public record StoredJob(
    String name,
    String queueId,
    long version,
    boolean over,
    @Nullable String owner,
    @Nullable Instant leaseUntil,
    String document) {

  public StoredJob {
    requireNonNull(name, "name is null");
    requireNonNull(queueId, "queueId is null");
    requireNonNull(document, "document is null");
    if ((owner == null) != (leaseUntil == null)) {
      throw new IllegalArgumentException(
          "owner and lease go together: " + owner + ", " + leaseUntil);
    }
  }
}
