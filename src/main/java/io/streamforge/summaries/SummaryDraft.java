package io.streamforge.summaries;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A summary while the rule changes it: its next version. */
final class SummaryDraft {
  private final Summary before;
  SummaryState state;
  ThreadPlace thread;
  @Nullable Instant startedAt;
  @Nullable Instant finishedAt;
  int attempts;
  int failures;
  @Nullable String owner;
  @Nullable Instant dueAt;
  boolean admitted;
  @Nullable String leads;
  @Nullable String placeholderId;
  @Nullable Reply reply;
  @Nullable Made made;
  @Nullable String answeredBy;
  List<String> postIds;
  @Nullable String lastError;

  SummaryDraft(Summary before) {
    this.before = before;
    state = before.state();
    thread = before.thread();
    startedAt = before.startedAt();
    finishedAt = before.finishedAt();
    attempts = before.attempts();
    failures = before.failures();
    owner = before.owner();
    dueAt = before.dueAt();
    admitted = before.admitted();
    leads = before.leads();
    placeholderId = before.placeholderId();
    reply = before.reply();
    made = before.made();
    answeredBy = before.answeredBy();
    postIds = before.postIds();
    lastError = before.lastError();
  }

  String leadKey() {
    return before.leadKey();
  }

  /** Nobody has to look after it any more. */
  void end(SummaryState end, Instant now) {
    state = end;
    finishedAt = now;
    owner = null;
    dueAt = null;
    leads = null;
  }

  Summary next() {
    return new Summary(
        before.id(),
        before.version() + 1,
        state,
        before.trigger(),
        thread,
        before.replyTo(),
        before.requester(),
        before.language(),
        before.askedAt(),
        before.createdAt(),
        startedAt,
        finishedAt,
        attempts,
        failures,
        owner,
        dueAt,
        admitted,
        leads,
        placeholderId,
        reply,
        made,
        answeredBy,
        postIds,
        lastError,
        before.expiresAt());
  }
}
