package io.streamforge.summaries;

import io.streamforge.summaries.SummaryEvent.Leading;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rules on an event about what the store holds, and says what to write. */
public final class SummaryRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(SummaryRecorder.class);

  private final SummaryRule rule;
  private final SummaryMeters meters;
  private final Clock clock;

  public SummaryRecorder(SummaryRule rule, SummaryMeters meters, Clock clock) {
    this.rule = rule;
    this.meters = meters;
    this.clock = clock;
  }

  /** Begins to record the event. */
  public SummaryRecording begin(SummaryEvent event) {
    return new SummaryRecording(event);
  }

  /**
   * What to write.
   *
   * @param stored what the store holds now
   * @throws NotOursException when the event is of no account any more: the request is somebody
   *     else's, or its thread is
   */
  public SummaryChange change(SummaryRecording recording, @Nullable StoredSummary stored)
      throws NotOursException {
    if (stored == null) {
      throw new NotOursException(recording.getId() + " is forgotten");
    }
    boolean unchanged =
        recording.tried().filter(tried -> tried.version() == stored.version() + 1).isPresent();
    if (unchanged && recording.event() instanceof Leading) {
      throw new NotOursException("another request leads the thread of " + stored.id());
    }
    Summary next =
        rule.after(
            SummaryJson.read(stored),
            recording.event(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    recording.trying(next);
    return new SummaryChange(stored.version(), SummaryJson.stored(next));
  }

  /** Takes note of whether it was written. */
  public void settle(SummaryRecording recording, boolean written) {
    recording.settle(written);
    if (written && recording.tried().isPresent()) {
      Summary now = recording.getRecorded();
      LOG.debug("summary {}: {} -> {}", now.id(), recording.event().getClass(), now.state().word());
      if (now.state().isFinal()) {
        meters.ended(now);
      }
    }
  }
}
