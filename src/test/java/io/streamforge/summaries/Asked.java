package io.streamforge.summaries;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Requests for tests, in the middle of their lives. */
final class Asked {
  static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
  static final ThreadPlace THREAD =
      new ThreadPlace("6rpc4yxfbbykmn6zn5bspxq8ch", "4g8q3fyc1jn4mksm3wqkpodq1y");
  static final Duration LEASE = Duration.ofSeconds(30);
  static final String OWNER = "process-1";

  private static final SummaryRule RULE = new SummaryRule(LEASE);

  private Asked() {}

  /** Just written down. */
  static Summary waiting(String id) {
    return create(id, Trigger.POST, SummaryState.WAITING, null);
  }

  /** The same over REST, with its owner. */
  static Summary overRest(String id) {
    return create(id, Trigger.REST, SummaryState.WORKING, OWNER);
  }

  private static Summary create(String id, Trigger trigger, SummaryState state, String owner) {
    return new Summary(
        id,
        1,
        state,
        trigger,
        THREAD,
        trigger.isPosted() ? THREAD : ThreadPlace.NONE,
        "os4i89ssu7y89bec5rotn9rnbw",
        "en",
        NOW,
        NOW,
        null,
        null,
        0,
        0,
        owner,
        NOW,
        false,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        null,
        NOW.plus(Duration.ofDays(30)));
  }

  /** Taken up by {@link #OWNER}. */
  static Summary working(String id) {
    return after(waiting(id), new SummaryEvent.Taken(id, OWNER));
  }

  /** A model has seen everything. */
  static Made made(String fingerprint) {
    return new Made(
        12, 12, 900, 90, "model", "1", "en", fingerprint, SummaryJson.MAPPER.createArrayNode());
  }

  /** With a summary on its way. */
  static Summary answering(String id, String fingerprint, String... parts) {
    Reply reply = new Reply(Reply.Kind.SUMMARY, List.of(parts));
    return after(working(id), new SummaryEvent.Settled(id, OWNER, reply, made(fingerprint)));
  }

  /** Answered with a summary. */
  static Summary finished(String id, String fingerprint, String... parts) {
    return after(
        answering(id, fingerprint, parts), new SummaryEvent.Delivered(id, OWNER, List.of("post")));
  }

  /** The request after the event, at once. */
  static Summary after(Summary summary, SummaryEvent event) {
    return after(summary, event, NOW);
  }

  /** The request after the event at a time. */
  static Summary after(Summary summary, SummaryEvent event, Instant at) {
    try {
      return RULE.after(summary, event, at);
    } catch (NotOursException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
