package io.streamforge.queues;

import static java.util.Objects.requireNonNull;

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
}
