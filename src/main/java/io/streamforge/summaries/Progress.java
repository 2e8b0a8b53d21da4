package io.streamforge.summaries;

/**
 * How far the work on a long discussion is.
 *
 * @param done how many of its chunks are done, whether they succeeded or not
 */
public record Progress(int done, int total) {
  public Progress {
    if (done < 0 || done > total) {
      throw new IllegalArgumentException(done + " of " + total + " cannot be done");
    }
  }
}
