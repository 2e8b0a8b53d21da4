package io.streamforge.camel.mattermost;

import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The clock of the server, as its answers show it, to the second; ours until there was one. */
public final class ServerClock {
  private final Clock own;
  private volatile long aheadMillis;

  public ServerClock(Clock own) {
    this.own = own;
  }

  /** An answer said what time it is. */
  void told(@Nullable String date) {
    if (date == null) {
      return;
    }
    try {
      Instant there = DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
      aheadMillis = there.toEpochMilli() - own.millis();
    } catch (DateTimeParseException notADate) {
      // Whoever sends no date tells nothing of his clock.
      return;
    }
  }

  /** What time it is there. */
  public Instant instant() {
    return own.instant().plusMillis(aheadMillis);
  }
}
