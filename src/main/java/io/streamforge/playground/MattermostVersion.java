package io.streamforge.playground;

import java.util.Arrays;

/** The servers that {@link MattermostDouble} can play, as they were measured. */
public enum MattermostVersion {
  /** 5.0.3: no bots, no typing by REST, no deduplication of posts, broken threads. */
  V5_0("5.0", "5.0.0.5.0.3"),
  /** 5.36.1. */
  V5_36("5.36", "5.36.1.5.36.1"),
  /** 6.7. */
  V6_7("6.7", "6.7.0.6.7.0");

  private final String number;
  private final String build;

  MattermostVersion(String number, String build) {
    this.number = number;
    this.build = build;
  }

  /**
   * The version with that number.
   *
   * @param number 5.0, 5.36 or 6.7
   */
  public static MattermostVersion of(String number) {
    return Arrays.stream(values())
        .filter(version -> version.number.equals(number))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no version to play: " + number));
  }

  /** 5.0, 5.36 or 6.7. */
  public String number() {
    return number;
  }

  /** What the server calls itself in {@code hello} and in {@code X-Version-Id}. */
  String serverVersion() {
    return build + "-playground.false";
  }

  boolean before(MattermostVersion other) {
    return compareTo(other) < 0;
  }

  @Override
  public String toString() {
    return number;
  }
}
