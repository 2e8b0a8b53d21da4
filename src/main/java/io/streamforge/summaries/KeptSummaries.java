package io.streamforge.summaries;

import io.streamforge.summaries.SummaryEvent.Joined;
import io.streamforge.summaries.SummaryEvent.Postponed;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the other requests of a thread mean for one of them. */
public final class KeptSummaries {
  private final Clock clock;
  private final Duration retryDelay;
  private final Fingerprints fingerprints;

  /**
   * @param retryDelay when to look again where nothing is to be seen yet
   */
  public KeptSummaries(Clock clock, Duration retryDelay, Fingerprints fingerprints) {
    this.fingerprints = fingerprints;
    this.clock = clock;
    this.retryDelay = retryDelay;
  }

  /**
   * Looks for a summary of the same messages.
   *
   * @param others what the store has of the thread, newest first
   * @param discussion what is to be summarised
   * @return what to record instead of making another one: that one is on its way to the same place,
   *     or can be shown once more; null when there is none
   */
  public @Nullable SummaryEvent find(
      Summary summary, List<StoredSummary> others, Discussion discussion) {
    String fingerprint = fingerprints.of(discussion);
    for (Summary other : others(summary, others)) {
      Made made = other.made();
      Reply reply = other.reply();
      if (made == null
          || reply == null
          || !made.lasts()
          || !made.fingerprint().equals(fingerprint)) {
        continue;
      }
      if (isOnItsWay(other, summary)) {
        return new Joined(summary.id(), owner(summary), other.id());
      }
      if (other.state() == SummaryState.FINISHED && reply.kind() == Reply.Kind.SUMMARY) {
        return new SummaryEvent.Settled(
            summary.id(), owner(summary), again(summary, other, reply), made);
      }
    }
    return null;
  }

  /** It is not there yet, or arrived after this one was asked for. */
  private static boolean isOnItsWay(Summary other, Summary summary) {
    return other.replyTo().equals(summary.replyTo())
        && summary.trigger().isPosted()
        && (other.state() == SummaryState.ANSWERING
            || (other.state() == SummaryState.FINISHED
                && other.finishedAt() != null
                && other.finishedAt().isAfter(summary.createdAt())));
  }

  private static Reply again(Summary summary, Summary other, Reply reply) {
    if (!summary.trigger().isPosted() || other.finishedAt() == null) {
      return new Reply(Reply.Kind.KEPT, reply.parts());
    }
    String language = other.made() == null ? summary.language() : other.made().language();
    List<String> parts = new ArrayList<>(reply.parts());
    String note = Phrases.in(language).kept(other.finishedAt());
    String noted = note + "\n\n" + parts.get(0);
    if (noted.codePointCount(0, noted.length()) <= AnswerWriter.LONGEST_POST) {
      parts.set(0, noted);
    }
    return new Reply(Reply.Kind.KEPT, parts);
  }

  /** What to record when another request leads the thread: its answer will serve this one too. */
  public SummaryEvent join(Summary summary, List<StoredSummary> others) {
    return others(summary, others).stream()
        .filter(other -> summary.leadKey().equals(other.leads()))
        .findFirst()
        .<SummaryEvent>map(leader -> new Joined(summary.id(), owner(summary), leader.id()))
        .orElseGet(
            () ->
                new Postponed(
                    summary.id(),
                    owner(summary),
                    clock.instant().plus(retryDelay),
                    "another request led the thread"));
  }

  /** Whether the event means that the request gets no answer of its own. */
  public boolean isJoining(SummaryEvent event) {
    return event instanceof Joined;
  }

  private static List<Summary> others(Summary summary, List<StoredSummary> stored) {
    return stored.stream()
        .filter(other -> !other.id().equals(summary.id()))
        .map(SummaryJson::read)
        .toList();
  }

  private static String owner(Summary summary) {
    if (summary.owner() == null) {
      throw new IllegalArgumentException("nobody works on " + summary.id());
    }
    return summary.owner();
  }
}
