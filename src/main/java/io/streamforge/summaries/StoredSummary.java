package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request for a summary, and what came of it, as a store keeps it: the document, and beside it
 * what the store must be able to search, order and compare by.
 *
 * @param id the id of the post with the command, else one of our own: letters, digits and dashes
 * @param version the document's version, from 1, one more with each change
 * @param open whether somebody still has to look after it
 * @param state the word for its state in the document
 * @param thread the id of the thread's first post; empty when messages were pasted
 * @param channel the channel of the thread; empty when messages were pasted
 * @param requester who asked: the id of a user, or a caller's name
 * @param leads the thread that is being summarised for this request, null when it is not at that:
 *     no two have the same one
 * @param counted whether it counts towards the limits of its requester and its channel
 * @param dueAt when somebody has to look after it the next time, null when nobody has to
 * @param expiresAt when it may be forgotten
 * @param document the state as JSON text
 */
public record StoredSummary(
    String id,
    long version,
    boolean open,
    String state,
    String thread,
    String channel,
    String requester,
    @Nullable String leads,
    boolean counted,
    Instant createdAt,
    @Nullable Instant dueAt,
    Instant expiresAt,
    String document) {
  public StoredSummary {
    if (!id.matches("[A-Za-z0-9-]{1,64}")) {
      throw new IllegalArgumentException("not the id of a summary: " + id);
    }
    if (version < 1) {
      throw new IllegalArgumentException("version must be at least 1: " + version);
    }
    requireNonNull(state, "state is null");
    requireNonNull(thread, "thread is null");
    requireNonNull(channel, "channel is null");
    requireNonNull(requester, "requester is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(expiresAt, "expiresAt is null");
    requireNonNull(document, "document is null");
    if (open == (dueAt == null)) {
      throw new IllegalArgumentException("what is open is due at some time, and nothing else is");
    }
  }
}
