package io.streamforge.summaries;

import io.streamforge.summaries.SummaryEvent.Admitted;
import io.streamforge.summaries.SummaryEvent.Delivered;
import io.streamforge.summaries.SummaryEvent.Dropped;
import io.streamforge.summaries.SummaryEvent.Joined;
import io.streamforge.summaries.SummaryEvent.Leading;
import io.streamforge.summaries.SummaryEvent.Located;
import io.streamforge.summaries.SummaryEvent.Placed;
import io.streamforge.summaries.SummaryEvent.Postponed;
import io.streamforge.summaries.SummaryEvent.Renewed;
import io.streamforge.summaries.SummaryEvent.Settled;
import io.streamforge.summaries.SummaryEvent.Taken;
import java.time.Duration;
import java.time.Instant;

/** The rule of requests: from a request and what happened to it to what it is then. */
public final class SummaryRule {
  private final Duration lease;

  /**
   * @param lease how long a process that is not heard of keeps its requests
   */
  public SummaryRule(Duration lease) {
    this.lease = lease;
  }

  /**
   * The request after the event.
   *
   * @throws NotOursException when it is not the owner's of the event, or over: nothing changes then
   */
  public Summary after(Summary summary, SummaryEvent event, Instant now) throws NotOursException {
    if (event instanceof Taken) {
      return taken(summary, event.owner(), now);
    }
    if (!event.owner().equals(summary.owner())) {
      throw new NotOursException(summary.id() + " is " + summary.state().word() + ", not ours");
    }
    SummaryDraft draft = new SummaryDraft(summary);
    if (draft.dueAt != null) {
      draft.dueAt = now.plus(lease);
    }
    change(draft, event, now);
    return draft.next();
  }

  private Summary taken(Summary summary, String owner, Instant now) throws NotOursException {
    Instant dueAt = summary.dueAt();
    if (dueAt == null || dueAt.isAfter(now)) {
      throw new NotOursException(summary.id() + " is " + summary.state().word() + ", not due");
    }
    SummaryDraft draft = new SummaryDraft(summary);
    if (!summary.trigger().isPosted()) {
      draft.lastError = "the process that worked on it ended, and with it the request";
      draft.end(SummaryState.DROPPED, now);
      return draft.next();
    }
    draft.state = summary.reply() == null ? SummaryState.WORKING : SummaryState.ANSWERING;
    draft.owner = owner;
    draft.attempts++;
    draft.startedAt = summary.startedAt() == null ? now : summary.startedAt();
    draft.dueAt = now.plus(lease);
    return draft.next();
  }

  private static void change(SummaryDraft draft, SummaryEvent event, Instant now) {
    if (event instanceof Located located) {
      draft.thread = located.thread();
    } else if (event instanceof Admitted) {
      draft.admitted = true;
    } else if (event instanceof Leading) {
      draft.leads = draft.leadKey();
    } else if (event instanceof Placed placed) {
      draft.placeholderId = placed.postId();
    } else if (event instanceof Settled settled) {
      draft.state = SummaryState.ANSWERING;
      draft.reply = settled.reply();
      draft.made = settled.made();
      draft.leads = null;
      draft.failures = 0;
    } else if (event instanceof Postponed postponed) {
      postpone(draft, postponed);
    } else {
      end(draft, event, now);
    }
  }

  /** It still leads its thread: whoever asks meanwhile waits for its answer. */
  private static void postpone(SummaryDraft draft, Postponed postponed) {
    draft.state = draft.reply == null ? SummaryState.WAITING : SummaryState.ANSWERING;
    draft.owner = null;
    draft.dueAt = postponed.dueAt();
    draft.failures++;
    draft.lastError = postponed.error();
  }

  private static void end(SummaryDraft draft, SummaryEvent event, Instant now) {
    if (event instanceof Delivered delivered) {
      draft.postIds = delivered.postIds();
      draft.end(said(draft).kind().end(), now);
    } else if (event instanceof Joined joined) {
      draft.answeredBy = joined.answeredBy();
      draft.end(SummaryState.JOINED, now);
    } else if (event instanceof Dropped dropped) {
      draft.lastError = dropped.error();
      draft.end(SummaryState.DROPPED, now);
    } else if (!(event instanceof Renewed)) {
      throw new IllegalArgumentException("no rule for " + event);
    }
  }

  private static Reply said(SummaryDraft draft) {
    if (draft.reply == null) {
      throw new IllegalArgumentException("nothing was said that could have arrived");
    }
    return draft.reply;
  }
}
