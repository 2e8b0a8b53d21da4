package io.streamforge.summaries;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An event on its way into the store: ruled on anew until what was ruled on is what is written. */
public final class SummaryRecording {
  private final SummaryEvent event;
  private @Nullable Summary next;
  private boolean written;

  SummaryRecording(SummaryEvent event) {
    this.event = event;
  }

  /** Whether it is not in the store yet. */
  public boolean isPending() {
    return !written;
  }

  /** The id of the request. */
  public String getId() {
    return event.id();
  }

  SummaryEvent event() {
    return event;
  }

  /** What the last try wanted to write. */
  Optional<Summary> tried() {
    return Optional.ofNullable(next);
  }

  void trying(Summary summary) {
    next = summary;
  }

  void settle(boolean success) {
    written = success;
  }

  /** The request as it is in the store now. */
  public Summary getRecorded() {
    if (!written || next == null) {
      throw new IllegalStateException("nothing is recorded yet of " + event.id());
    }
    return next;
  }
}
