package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

/**
 * Up to where something was read.
 *
 * @param name what was read
 * @param millis milliseconds since 1970 on the clock of whoever wrote it
 */
public record ReadPosition(String name, long millis) {
  public ReadPosition {
    requireNonNull(name, "name is null");
    if (millis < 0) {
      throw new IllegalArgumentException("a position is not before 1970: " + millis);
    }
  }
}
