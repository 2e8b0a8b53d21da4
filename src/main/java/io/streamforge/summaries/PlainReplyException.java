package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

/** Thrown where a thread is not summarised, with what is said instead. */
public final class PlainReplyException extends Exception {
  private final transient Reply reply;

  public PlainReplyException(Reply reply) {
    super(requireNonNull(reply, "reply is null").kind().word());
    this.reply = reply;
  }

  /** What is said instead. */
  public Reply reply() {
    return reply;
  }

  /**
   * The reply behind a failure; for routes, whose expressions wrap what their beans throw.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Reply behind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof PlainReplyException instead) {
        return instead.reply;
      }
    }
    throw new IllegalArgumentException("nothing is said behind: " + failure, failure);
  }

  /** Nothing has failed: nobody looks at where it was thrown. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
