package io.streamforge.queues;

import java.util.List;

/** The steps of bringing a recording into the store, as routes call them. */
public final class Recorder {

  /** What is to be written, after the queues of {@link Recording#shortIds} were loaded. */
  public List<QueueChange> changes(Recording recording, List<StoredQueue> loaded) {
    return recording.changes(loaded);
  }

  /** Takes note of the ids whose compare-and-set was lost. */
  public void settle(Recording recording, List<String> lost) {
    recording.settle(lost);
  }
}
