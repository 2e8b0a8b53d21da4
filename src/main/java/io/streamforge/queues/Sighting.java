package io.streamforge.queues;

import org.jspecify.annotations.Nullable;

/** Something about a queue that can only be understood once the queue's state is at hand. */
@FunctionalInterface
public interface Sighting {

  /** What it means for that queue, null when it turns out not to concern it. */
  @Nullable Observation on(QueueState queue);
}
