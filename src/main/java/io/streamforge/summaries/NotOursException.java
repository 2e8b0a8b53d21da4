package io.streamforge.summaries;

/** A request for a summary is answered by somebody else, or has been: this process leaves it. */
public final class NotOursException extends Exception {
  public NotOursException(String message) {
    super(message);
  }

  /** Nothing has failed: nobody looks at where it was thrown. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
