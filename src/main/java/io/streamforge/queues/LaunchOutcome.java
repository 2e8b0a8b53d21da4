package io.streamforge.queues;

import org.jspecify.annotations.Nullable;

/** What became of a launch; {@code reason} in words, null when the job exists. */
public record LaunchOutcome(JobRef job, Result result, @Nullable String reason) {

  /** How it went. */
  public enum Result {
    /** The job exists, made now or before. */
    CREATED,
    /** The job can never exist. */
    REFUSED,
    /** The launcher cannot be reached or is busy; the launch is tried again. */
    AWAY
  }
}
