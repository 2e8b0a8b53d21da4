package io.streamforge.workers;

import static java.util.Objects.requireNonNull;

/**
 * A compare-and-set: {@code next} is written if the stored version still is {@code
 * expectedVersion}.
 */
public record JobChange(long expectedVersion, StoredJob next) {
  public JobChange {
    requireNonNull(next, "next is null");
    if (next.version() <= expectedVersion) {
      throw new IllegalArgumentException(
          "version " + next.version() + " does not follow version " + expectedVersion);
    }
  }
}
