package io.streamforge.summaries;

/**
 * Up to where something was read.
 *
 * @param name what was read: letters, digits and {@code : . _ -}
 * @param millis milliseconds since 1970 on the clock of whoever wrote it
 */
public record ReadPosition(String name, long millis) {
  public ReadPosition {
    if (!name.matches("[A-Za-z0-9:._-]{1,100}")) {
      throw new IllegalArgumentException("not the name of a position: " + name);
    }
    if (millis < 0) {
      throw new IllegalArgumentException("a position is not before 1970: " + millis);
    }
  }
}
