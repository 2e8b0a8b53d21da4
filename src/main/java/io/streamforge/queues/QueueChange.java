package io.streamforge.queues;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A compare-and-set: {@code next} is written if the stored version still is {@code
 * expectedVersion}.
 *
 * <p>The claim of the stored queue never changes; the one in {@code next} is not looked at.
 */
public record QueueChange(long expectedVersion, StoredQueue next) {
  public QueueChange {
    requireNonNull(next, "next is null");
    if (next.version() <= expectedVersion) {
      throw new IllegalArgumentException(
          "version " + next.version() + " does not follow version " + expectedVersion);
    }
  }

  /**
   * The same changes with at most one a queue, for a store that can write it but once a batch:
   * those that follow each other become one.
   *
   * @throws IllegalArgumentException when two of one queue do not follow each other
   */
  public static List<QueueChange> joined(List<QueueChange> changes) {
    Map<String, QueueChange> joined = new LinkedHashMap<>();
    changes.forEach(change -> joined.merge(change.next().id(), change, QueueChange::followedBy));
    return List.copyOf(joined.values());
  }

  private QueueChange followedBy(QueueChange later) {
    if (later.expectedVersion != next.version()) {
      throw new IllegalArgumentException("two changes of " + next.id() + " exclude each other");
    }
    return new QueueChange(expectedVersion, later.next);
  }
}
