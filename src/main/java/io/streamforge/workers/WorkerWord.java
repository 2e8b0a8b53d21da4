package io.streamforge.workers;

/** What a worker says of itself, in the words that all workers use. */
enum WorkerWord {
  STARTED("started", false),
  LOADING("loading", false),
  /** One record could not be used; the worker goes on. */
  BAD_RECORD("error", false),
  ERROR("error", true),
  INTERRUPTED("interrupted", true),
  FINISHED("finished", true);

  private final String status;
  private final boolean finished;

  WorkerWord(String status, boolean finished) {
    this.status = status;
    this.finished = finished;
  }

  /** The value of {@code status} and {@code event} in the message. */
  String status() {
    return status;
  }

  /** Whether it is said of the end. */
  boolean finished() {
    return finished;
  }
}
