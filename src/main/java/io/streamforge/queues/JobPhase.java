package io.streamforge.queues;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a step's job is known to be; it only goes forward. */
public enum JobPhase {
  /** Nobody has decided to launch it. */
  @JsonProperty("none")
  NONE,
  /** Its launch is decided and may have happened. */
  @JsonProperty("asked")
  ASKED,
  @JsonProperty("created")
  CREATED,
  /** Its worker runs, or has spoken. */
  @JsonProperty("running")
  RUNNING,
  @JsonProperty("complete")
  COMPLETE,
  @JsonProperty("failed")
  FAILED,
  /** It was there, or may have been, and is no more. */
  @JsonProperty("gone")
  GONE;

  /** Whether a worker of it may live. */
  public boolean isLive() {
    return switch (this) {
      case ASKED, CREATED, RUNNING -> true;
      case NONE, COMPLETE, FAILED, GONE -> false;
    };
  }

  /** Whether it was launched and no worker of it lives any more. */
  public boolean isOver() {
    return switch (this) {
      case COMPLETE, FAILED, GONE -> true;
      case NONE, ASKED, CREATED, RUNNING -> false;
    };
  }
}
