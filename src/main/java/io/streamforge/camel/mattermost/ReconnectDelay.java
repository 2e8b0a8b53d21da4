package io.streamforge.camel.mattermost;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long a lost line waits before it is opened again: longer each time, and never in step. */
final class ReconnectDelay {
  private static final int MOST_DOUBLINGS = 20;

  private final Duration first;
  private final Duration longest;
  private final Duration proven;
  private final RandomGenerator random;
  private int failures;

  /**
   * @param proven a line that lived that long was a good one
   */
  ReconnectDelay(Duration first, Duration longest, Duration proven, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.proven = proven;
    this.random = random;
  }

  /**
   * The next wait.
   *
   * @param lived how long the line was open; zero if it never was
   */
  Duration after(Duration lived) {
    failures = lived.compareTo(proven) > 0 ? 0 : Math.min(failures + 1, MOST_DOUBLINGS);
    long least = first.toMillis() / 2;
    long most = Math.min(longest.toMillis(), first.toMillis() << failures);
    return Duration.ofMillis(least + random.nextLong(Math.max(1, most - least)));
  }

  /** The wait after a refusal, which does not pass by itself. */
  Duration longest() {
    return longest;
  }
}
