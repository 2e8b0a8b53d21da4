package io.streamforge.queues;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.queues.Observation.Word;
import java.io.IOException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a worker's message says, whatever its dialect.
 *
 * @param queueId the queue it names, in its text form
 * @param source who it says it is, such as {@code arango-connector__b927fa133b22-2}
 * @param target the target it says it is
 * @param dataType the type of data it says it works on
 * @param marked whether it says itself that it is telemetry
 * @param word what it says of its step; null when it only shows that it lives
 * @param records how many records it reports
 */
public record TelemetryMessage(
    @Nullable String queueId,
    @Nullable String source,
    @Nullable String target,
    @Nullable String dataType,
    boolean marked,
    @Nullable Word word,
    @Nullable Long records,
    @Nullable String lastLoadedTimestamp,
    @Nullable String explanation,
    @Nullable Instant sentAt) {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern SUFFIX = Pattern.compile(".*__([0-9a-f]{12})-([1-9][0-9]{0,3})");
  private static final double EARLIEST_EPOCH_SECONDS =
      946_684_800d; // 2000-01-01: less is a monotonic clock
  private static final double LATEST_EPOCH_SECONDS = 253_402_300_799d;

  /** The step that a source names: the short id of its queue, and its number. */
  public record StepName(String shortId, int number) {}

  /**
   * Reads a message; only its top level counts, and unknown fields are ignored.
   *
   * @throws IOException when it is not a JSON object; the message says why
   */
  public static TelemetryMessage read(byte[] json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("the message is not a JSON object");
      }
      TelemetryFields fields = new TelemetryFields();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        fields.take(name, parser);
        parser.skipChildren();
      }
      if (parser.nextToken() != null) {
        throw new IOException("something follows the JSON object");
      }
      return fields.message();
    }
  }

  /** The step that the source's suffix names, null when it has none. */
  public @Nullable StepName stepName() {
    if (source == null) {
      return null;
    }
    int at = source.lastIndexOf("__");
    if (at < 0) {
      return null;
    }
    Matcher suffix = SUFFIX.matcher(source);
    if (!suffix.matches()) {
      return null;
    }
    String digits = suffix.group(1);
    return new StepName(
        digits.substring(0, 8) + "-" + digits.substring(8), Integer.parseInt(suffix.group(2)));
  }

  /** The short id of the queue that it is about, null when it names none. */
  public @Nullable String shortId() {
    StepName step = stepName();
    if (step != null) {
      return step.shortId();
    }
    return queueId == null || queueId.length() < StoredQueue.SHORT_ID_LENGTH
        ? null
        : queueId.substring(0, StoredQueue.SHORT_ID_LENGTH);
  }

  static @Nullable Instant instant(double seconds) {
    return seconds >= EARLIEST_EPOCH_SECONDS && seconds <= LATEST_EPOCH_SECONDS
        ? Instant.ofEpochMilli((long) (seconds * 1000))
        : null;
  }

  /** The instant, null when no clock can have shown it. */
  static @Nullable Instant plausible(Instant instant) {
    return instant(instant.getEpochSecond()) == null ? null : instant;
  }
}
