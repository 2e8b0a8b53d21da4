package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

/**
 * A part of a discussion that a model is given at once.
 *
 * @param number its place among the chunks, from 1
 * @param of how many there are
 * @param first the number of its first message
 * @param last the number of its last message; that and the first one may be there in part only
 * @param lines the messages as JSON, one a line
 */
public record Chunk(int number, int of, int first, int last, String lines) {
  public Chunk {
    requireNonNull(lines, "lines is null");
    if (number < 1 || number > of || first < 1 || last < first) {
      throw new IllegalArgumentException(
          "chunk " + number + " of " + of + " from " + first + " to " + last);
    }
  }

  boolean holds(int message) {
    return message >= first && message <= last;
  }
}
