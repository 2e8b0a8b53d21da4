package io.streamforge.camel.kubernetes;

import org.jspecify.annotations.Nullable;

/**
 * What becomes of the pods of a job.
 *
 * @param start whether they start
 * @param exitCode of their container, null when it does not end by itself
 * @param reason the cluster's word for why they end or do not start
 * @param message the cluster's explanation
 * @param log what they write
 */
public record Fate(
    Start start,
    @Nullable Integer exitCode,
    @Nullable String reason,
    @Nullable String message,
    String log) {

  /** How the start of a pod goes. */
  public enum Start {
    GOES_WELL,
    CONTAINER_WAITS,
    FINDS_NO_NODE
  }

  /** They run until they are deleted. */
  public static Fate runs() {
    return new Fate(Start.GOES_WELL, null, null, null, "");
  }

  public static Fate completes() {
    return new Fate(Start.GOES_WELL, 0, "Completed", null, "done");
  }

  public static Fate fails(int exitCode, String reason, String log) {
    return new Fate(Start.GOES_WELL, exitCode, reason, null, log);
  }

  /** They are put off their node. */
  public static Fate isEvicted(String message) {
    return new Fate(Start.GOES_WELL, 137, "Evicted", message, "");
  }

  public static Fate waits(String reason, String message) {
    return new Fate(Start.CONTAINER_WAITS, null, reason, message, "");
  }

  public static Fate findsNoNode(String message) {
    return new Fate(Start.FINDS_NO_NODE, null, "Unschedulable", message, "");
  }
}
