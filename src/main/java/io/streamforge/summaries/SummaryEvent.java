package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened to a request for a summary; all but {@link Taken} by its owner. */
public sealed interface SummaryEvent {
  /** The request. */
  String id();

  /** The process by which it happened. */
  String owner();

  /**
   * A process takes it up: nobody works on it, or whoever did has not been heard of for a while.
   */
  record Taken(String id, String owner) implements SummaryEvent {}

  /** The process still works on it. */
  record Renewed(String id, String owner) implements SummaryEvent {}

  /** The thread that a permalink leads to is known. */
  record Located(String id, String owner, ThreadPlace thread) implements SummaryEvent {}

  /** It keeps within the limits, and counts towards them. */
  record Admitted(String id, String owner) implements SummaryEvent {}

  /** Its thread is summarised for it. */
  record Leading(String id, String owner) implements SummaryEvent {}

  /** A post stands where the answer will be. */
  record Placed(String id, String owner, String postId) implements SummaryEvent {}

  /** It is known what to say to it. */
  record Settled(String id, String owner, Reply reply, @Nullable Made made)
      implements SummaryEvent {
    public Settled {
      requireNonNull(reply, "reply is null");
    }
  }

  /** The answer has arrived, as those posts. */
  record Delivered(String id, String owner, List<String> postIds) implements SummaryEvent {
    public Delivered {
      postIds = List.copyOf(postIds);
    }
  }

  /** It cannot go on now. */
  record Postponed(String id, String owner, Instant dueAt, String error) implements SummaryEvent {}

  /** The answer to another request serves it too. */
  record Joined(String id, String owner, String answeredBy) implements SummaryEvent {}

  /** There is nobody left to answer. */
  record Dropped(String id, String owner, String error) implements SummaryEvent {}
}
