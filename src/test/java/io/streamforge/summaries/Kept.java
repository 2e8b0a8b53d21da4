package io.streamforge.summaries;

import io.streamforge.service.RunningService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Summaries that tests put into the store of a service. */
final class Kept {
  static final String TEXT = "the text that not everybody may read";

  private Kept() {}

  /** An id that Mattermost could have given. */
  static String mattermostId() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 26);
  }

  /** One that was answered. */
  static Summary finished(
      Trigger trigger, ThreadPlace thread, String requester, Instant createdAt) {
    return new Summary(
        UUID.randomUUID().toString(),
        3,
        SummaryState.FINISHED,
        trigger,
        thread,
        ThreadPlace.NONE,
        requester,
        "en",
        createdAt,
        createdAt,
        createdAt,
        createdAt.plusSeconds(9),
        1,
        0,
        null,
        null,
        true,
        null,
        null,
        new Reply(Reply.Kind.SUMMARY, TEXT),
        new Made(
            12,
            12,
            900,
            90,
            "model",
            "1",
            "en",
            "fingerprint",
            SummaryJson.MAPPER.createObjectNode().put("topics", TEXT)),
        null,
        List.of(),
        null,
        createdAt.plus(Duration.ofDays(36_500)));
  }

  /** Puts it there. */
  static Summary store(RunningService service, Summary summary) {
    var exchange = service.call("save-summary", SummaryJson.stored(summary), Map.of());
    if (exchange.getException() != null || exchange.getMessage().getBody() != null) {
      throw new IllegalStateException("not saved", exchange.getException());
    }
    return summary;
  }
}
