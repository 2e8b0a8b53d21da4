package io.streamforge.queues;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.streamforge.queues.Observation.Word;
import java.io.IOException;
import java.time.Instant;
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

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER).build();
  private static final int SHORT_ID_DIGITS = 12;
  private static final int MOST_NUMBER_DIGITS = 4;
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

  /** The step that the source's suffix {@code __<12 hex>-<n>} names, null when it has none. */
  public @Nullable StepName stepName() {
    if (source == null) {
      return null;
    }
    int digits = source.lastIndexOf("__") + 2;
    int number = digits + SHORT_ID_DIGITS + 1;
    boolean suffix =
        digits >= 2
            && number < source.length()
            && source.length() <= number + MOST_NUMBER_DIGITS
            && areDigits(source, digits, number - 1, 16)
            && source.charAt(number - 1) == '-'
            && source.charAt(number) != '0'
            && areDigits(source, number, source.length(), 10);
    if (!suffix) {
      return null;
    }
    String shortId =
        source.substring(digits, digits + 8) + "-" + source.substring(digits + 8, number - 1);
    return new StepName(shortId, Integer.parseInt(source, number, source.length(), 10));
  }

  /** Whether these characters are digits as we write them; a pattern costs more than all else. */
  private static boolean areDigits(String text, int from, int to, int radix) {
    for (int at = from; at < to; at++) {
      char digit = text.charAt(at);
      boolean decimal = digit >= '0' && digit <= '9';
      boolean hexadecimal = radix == 16 && digit >= 'a' && digit <= 'f';
      if (!decimal && !hexadecimal) {
        return false;
      }
    }
    return true;
  }

  /**
   * The short id of the queue that it is about, null when it names none.
   *
   * @param step what {@link #stepName} gave
   */
  @Nullable String shortId(@Nullable StepName step) {
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
