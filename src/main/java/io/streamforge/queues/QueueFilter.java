package io.streamforge.queues;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which queues a list shows: those that match one word of each list that is not empty, older than
 * {@code after}.
 *
 * @param types matches the queue's own type or a step's
 * @param targets matches a step's target
 * @param limit how many at the most
 * @param after the last queue of the page before, null for the first page
 */
public record QueueFilter(
    List<String> statuses,
    List<String> symbols,
    List<String> types,
    List<String> targets,
    int limit,
    @Nullable Position after) {

  /** A place in the list, which is ordered by creation and then by id, newest first. */
  public record Position(Instant createdAt, String id) {}

  public QueueFilter {
    statuses = List.copyOf(statuses);
    symbols = List.copyOf(symbols);
    types = List.copyOf(types);
    targets = List.copyOf(targets);
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1: " + limit);
    }
  }
}
