package io.streamforge.queues;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A queue as a store keeps it: the document that clients see, and beside it what the store must be
 * able to search, order and compare by.
 *
 * @param id the queue id, a UUID in its text form
 * @param version the document's version, from 1, one more with each change
 * @param types the queue's own type and the types of its steps, each once
 * @param targets the targets of its steps, each once
 * @param open whether somebody still has to look after it: a step is not final, or a job is left
 * @param liveJobs how many of its jobs may be running
 * @param claim the idempotency key that started it, null without one
 * @param document the queue's state as JSON text
 */
public record StoredQueue(
    String id,
    long version,
    String status,
    String symbol,
    List<String> types,
    List<String> targets,
    Instant createdAt,
    Instant updatedAt,
    boolean open,
    int liveJobs,
    @Nullable Claim claim,
    String document) {

  /** How many characters of the id {@link #shortId()} has: twelve hexadecimal digits and a dash. */
  public static final int SHORT_ID_LENGTH = 13;

  /**
   * An idempotency key, taken once.
   *
   * @param key the caller and the key that it sent
   * @param bodyHash a hash of the canonical body it came with
   * @param expiresAt from when on the key may be taken again
   */
  public record Claim(String key, String bodyHash, Instant expiresAt) {
    public Claim {
      requireNonNull(key, "key is null");
      requireNonNull(bodyHash, "bodyHash is null");
      requireNonNull(expiresAt, "expiresAt is null");
    }
  }

  public StoredQueue {
    if (id.length() < SHORT_ID_LENGTH) {
      throw new IllegalArgumentException("not a queue id: " + id);
    }
    if (version < 1) {
      throw new IllegalArgumentException("version must be at least 1: " + version);
    }
    types = List.copyOf(types);
    targets = List.copyOf(targets);
    requireNonNull(document, "document is null");
  }

  /** The first characters of the id, by which names of jobs and telemetry refer to the queue. */
  public String shortId() {
    return id.substring(0, SHORT_ID_LENGTH);
  }
}
