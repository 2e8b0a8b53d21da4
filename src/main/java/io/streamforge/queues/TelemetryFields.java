package io.streamforge.queues;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.streamforge.queues.Observation.Word;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a worker's message while it is read; where workers disagree, the first of a list
 * that is there counts.
 */
final class TelemetryFields {
  private static final Set<String> STATUS_WORDS =
      Set.of("started", "loading", "finished", "interrupted", "error");

  /** A queue is one document: whatever a worker says must leave room for what others say. */
  private static final int LONGEST_TEXT = 4096;

  /** What clients can still read exactly; the sum over all steps of a queue stays a number. */
  private static final long MOST_RECORDS = (1L << 53) - 1;

  private @Nullable String queueId;
  private @Nullable String producer;
  private @Nullable String telemetryId;
  private @Nullable String producerId;
  private @Nullable String target;
  private @Nullable String type;
  private @Nullable String status;
  private @Nullable String event;
  private @Nullable String finished;
  private @Nullable Long recordsWritten;
  private @Nullable Long messageCount;
  private @Nullable String lastLoaded;
  private @Nullable String errorMessage;
  private @Nullable String message;
  private @Nullable Instant timestamp;
  private @Nullable Instant sentAt;

  void take(String name, JsonParser value) throws IOException {
    switch (name) {
      case "queue_id" -> queueId = text(value);
      case "producer" -> producer = text(value);
      case "telemetry_id" -> telemetryId = text(value);
      case "producer_id" -> producerId = text(value);
      case "target" -> target = text(value);
      case "type" -> type = text(value);
      case "status" -> status = text(value);
      case "event" -> event = text(value);
      case "finished" -> finished = text(value);
      case "records_written" -> recordsWritten = count(value);
      case "message_count" -> messageCount = count(value);
      case "last_loaded_timestamp" -> lastLoaded = text(value);
      case "error_message" -> errorMessage = text(value);
      case "message" -> message = text(value);
      case "timestamp" -> timestamp = time(value);
      case "sent_at" -> sentAt = time(value);
      default -> {}
    }
  }

  TelemetryMessage message() {
    String source = producer != null ? producer : telemetryId != null ? telemetryId : producerId;
    String word = status != null ? status : event;
    return new TelemetryMessage(
        queueId,
        source,
        target,
        "telemetry".equals(type) ? null : type,
        "telemetry".equals(type),
        word == null ? null : word(word.toLowerCase(Locale.ROOT)),
        recordsWritten != null ? recordsWritten : messageCount,
        lastLoaded,
        errorMessage != null ? errorMessage : message,
        timestamp != null ? timestamp : sentAt);
  }

  private @Nullable Word word(String text) {
    if (!STATUS_WORDS.contains(text)) {
      return null;
    }
    return switch (text) {
      case "finished" -> Word.FINISHED;
      case "interrupted" -> Word.INTERRUPTED;
      case "error" -> "false".equals(finished) ? Word.BAD_RECORD : Word.ERROR;
      default -> Word.LOADING;
    };
  }

  private static @Nullable String text(JsonParser value) throws IOException {
    String text = value.currentToken().isScalarValue() ? value.getValueAsString() : null;
    return text == null || text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
  }

  private static @Nullable Long count(JsonParser value) throws IOException {
    if (value.currentToken() == JsonToken.VALUE_NUMBER_INT
        && value.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      long number = value.getLongValue();
      return number >= 0 && number <= MOST_RECORDS ? (Long) number : null;
    }
    if (!value.currentToken().isNumeric() && value.currentToken() != JsonToken.VALUE_STRING) {
      return null;
    }
    double number = value.getValueAsDouble(-1);
    return number >= 0 && number <= MOST_RECORDS ? (Long) (long) number : null;
  }

  private static @Nullable Instant time(JsonParser value) throws IOException {
    if (value.currentToken().isNumeric()) {
      return TelemetryMessage.instant(value.getDoubleValue());
    }
    String text = text(value);
    if (text == null) {
      return null;
    }
    try {
      return TelemetryMessage.plausible(Instant.parse(text));
    } catch (DateTimeException notRfc3339) {
      return TelemetryMessage.instant(value.getValueAsDouble(0));
    }
  }
}
