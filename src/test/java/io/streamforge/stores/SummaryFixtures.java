package io.streamforge.stores;

import static io.streamforge.stores.Fixtures.NOON;

import io.streamforge.summaries.StoredSummary;
import io.streamforge.summaries.SummaryChange;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A summary for tests of stores, and what differs from it in one respect. */
record SummaryFixtures(StoredSummary summary) {

  /** An open one of version 1, due at noon, of a thread of its own. */
  static SummaryFixtures open() {
    String id = UUID.randomUUID().toString();
    return new SummaryFixtures(
        new StoredSummary(
            id,
            1,
            true,
            "pending",
            "thread-" + id,
            "channel",
            "anna",
            null,
            true,
            NOON,
            NOON,
            NOON.plus(Duration.ofDays(30)),
            "{\"id\":\"" + id + "\",\"note\":\"é \\\" 💓 '\"}"));
  }

  SummaryFixtures id(String id) {
    return copy(id, summary.thread(), summary.requester(), summary.channel(), summary.leads());
  }

  SummaryFixtures thread(String thread) {
    return copy(summary.id(), thread, summary.requester(), summary.channel(), summary.leads());
  }

  SummaryFixtures askedBy(String requester, String channel) {
    return copy(summary.id(), summary.thread(), requester, channel, summary.leads());
  }

  SummaryFixtures leading(@Nullable String thread) {
    return copy(summary.id(), summary.thread(), summary.requester(), summary.channel(), thread);
  }

  SummaryFixtures createdAt(Instant createdAt) {
    return copy(
        summary.state(), summary.counted(), createdAt, summary.dueAt(), summary.expiresAt());
  }

  SummaryFixtures uncounted() {
    return copy(summary.state(), false, summary.createdAt(), summary.dueAt(), summary.expiresAt());
  }

  SummaryFixtures due(Instant dueAt) {
    return copy(
        summary.state(), summary.counted(), summary.createdAt(), dueAt, summary.expiresAt());
  }

  SummaryFixtures expiring(Instant expiresAt) {
    return copy(
        summary.state(), summary.counted(), summary.createdAt(), summary.dueAt(), expiresAt);
  }

  SummaryFixtures closed(String state) {
    return copy(state, summary.counted(), summary.createdAt(), null, summary.expiresAt());
  }

  /** The change from this one to the next version of another, with a document of its own. */
  SummaryChange to(SummaryFixtures next) {
    StoredSummary s = next.summary;
    return new SummaryChange(
        summary.version(),
        new StoredSummary(
            summary.id(),
            summary.version() + 1,
            s.open(),
            s.state(),
            s.thread(),
            s.channel(),
            s.requester(),
            s.leads(),
            s.counted(),
            s.createdAt(),
            s.dueAt(),
            s.expiresAt(),
            "{\"version\":" + (summary.version() + 1) + "}"));
  }

  private SummaryFixtures copy(
      String id, String thread, String requester, String channel, @Nullable String leads) {
    return new SummaryFixtures(
        new StoredSummary(
            id,
            summary.version(),
            summary.open(),
            summary.state(),
            thread,
            channel,
            requester,
            leads,
            summary.counted(),
            summary.createdAt(),
            summary.dueAt(),
            summary.expiresAt(),
            summary.document()));
  }

  private SummaryFixtures copy(
      String state,
      boolean counted,
      Instant createdAt,
      @Nullable Instant dueAt,
      Instant expiresAt) {
    return new SummaryFixtures(
        new StoredSummary(
            summary.id(),
            summary.version(),
            dueAt != null,
            state,
            summary.thread(),
            summary.channel(),
            summary.requester(),
            summary.leads(),
            counted,
            createdAt,
            dueAt,
            expiresAt,
            summary.document()));
  }
}
