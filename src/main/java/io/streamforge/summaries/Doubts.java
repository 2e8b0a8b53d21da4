package io.streamforge.summaries;

import io.streamforge.camel.mattermost.MattermostAwayException;
import io.streamforge.summaries.SummaryEvent.Postponed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What was written to Mattermost and not answered may take effect later than what is written after
 * it. As long as that can be, nothing else is written for the same request: a post that is looked
 * for then is there, or never will be.
 */
public final class Doubts {
  private final Map<String, Instant> ends = new ConcurrentHashMap<>();
  private final Duration length;
  private final Clock clock;

  /**
   * @param length how long after it was given up a request may still take effect; a process that is
   *     killed keeps its requests for longer than that
   */
  public Doubts(Duration length, Clock clock) {
    this.length = length;
    this.clock = clock;
  }

  /**
   * Takes note of a write that failed.
   *
   * @param summary for which it was, null when for none
   * @throws MattermostAwayException the failure
   */
  public void note(@Nullable Summary summary, MattermostAwayException failure)
      throws MattermostAwayException {
    Instant now = clock.instant();
    ends.values().removeIf(end -> !end.isAfter(now));
    if (summary != null && failure.inDoubt()) {
      ends.put(summary.id(), now.plus(length));
    }
    throw failure;
  }

  /**
   * Sees to it that nothing overtakes an earlier write.
   *
   * @throws MattermostAwayException as long as that may happen
   */
  public void requireNone(Summary summary) throws MattermostAwayException {
    Instant end = ends.get(summary.id());
    if (end != null && end.isAfter(clock.instant())) {
      throw new MattermostAwayException(
          "Mattermost has not answered, and may still do what it was asked for",
          Optional.empty(),
          null);
    }
  }

  /** The event, with the next try not before all is certain. */
  public SummaryEvent heldBack(SummaryEvent event) {
    Instant end = ends.get(event.id());
    return event instanceof Postponed put && end != null && end.isAfter(put.dueAt())
        ? new Postponed(put.id(), put.owner(), end, put.error())
        : event;
  }
}
