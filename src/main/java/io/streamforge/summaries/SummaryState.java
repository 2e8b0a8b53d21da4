package io.streamforge.summaries;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a request for a summary is. */
public enum SummaryState {
  /** Recorded; nobody works on it, or not until its next try. */
  WAITING,
  /** A process works on it. */
  WORKING,
  /** What is said to it is settled, and is being posted. */
  ANSWERING,
  /** Answered with a summary. */
  FINISHED,
  /** Answered by the summary that somebody else had asked for in the same thread. */
  JOINED,
  /** Answered with a hint how to ask. */
  HINTED,
  /** Answered with the reason why there is no summary. */
  REFUSED,
  /** Answered with an apology. */
  FAILED,
  /** There is nobody left to answer: the thread or the right to post in it is gone. */
  DROPPED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** The word in documents and answers. */
  @JsonValue
  public String word() {
    return word;
  }

  /** Whether nobody has to look after it any more. */
  public boolean isFinal() {
    return switch (this) {
      case WAITING, WORKING, ANSWERING -> false;
      case FINISHED, JOINED, HINTED, REFUSED, FAILED, DROPPED -> true;
    };
  }
}
