package io.streamforge.playground;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Predicate;

/**
 * What goes wrong with a request to {@link MattermostDouble}.
 *
 * @param concerns which requests: the path below {@code /api/v4/}, such as {@code users/me} or
 *     {@code websocket}, for every method
 * @param status the HTTP status, of {@link Kind#STATUS} only
 * @param delay how long {@link Kind#SLOW} and {@link Kind#LATE} take, or the Retry-After of {@link
 *     Kind#STATUS}
 */
public record MattermostFault(Kind kind, Predicate<String> concerns, int status, Duration delay) {
  public MattermostFault {
    requireNonNull(kind, "kind is null");
    requireNonNull(concerns, "concerns is null");
    requireNonNull(delay, "delay is null");
  }

  /** How it goes wrong. */
  public enum Kind {
    /** The line is cut before anything is done. */
    REFUSE,
    /** No answer at all; nothing is done. */
    HANG,
    /** What was asked for is done, and answered late. */
    SLOW,
    /** What was asked for is done late, and answered then. */
    LATE,
    /** What was asked for is done, and the line is cut in the middle of the answer. */
    CUT,
    /** Nothing is done, and a status says so. */
    STATUS
  }

  /** Concerns every request. */
  public static MattermostFault of(Kind kind) {
    return new MattermostFault(kind, path -> true, 0, Duration.ZERO);
  }

  /** The right answer, but late. */
  public static MattermostFault slow(Duration delay) {
    return new MattermostFault(Kind.SLOW, path -> true, 0, delay);
  }

  /** What was asked for is done late, if need be after the client has given up. */
  public static MattermostFault late(Duration delay) {
    return new MattermostFault(Kind.LATE, path -> true, 0, delay);
  }

  /**
   * An answer of that status and nothing else: 429 in Mattermost's words, 502 to 504 in those of a
   * proxy.
   */
  public static MattermostFault status(int status) {
    return new MattermostFault(Kind.STATUS, path -> true, status, Duration.ZERO);
  }

  /** 429, with a Retry-After of whole seconds. */
  public static MattermostFault limited(Duration retryAfter) {
    return new MattermostFault(Kind.STATUS, path -> true, 429, retryAfter);
  }

  /**
   * The same, for some requests only.
   *
   * @param pattern a regular expression that the path below {@code /api/v4/} has to match
   */
  public MattermostFault on(String pattern) {
    return new MattermostFault(kind, path -> path.matches(pattern), status, delay);
  }
}
