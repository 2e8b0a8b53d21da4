package io.streamforge.queues;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * That a dead letter was sent again; it is kept as a record of its own, whose key is the letter's
 * id.
 *
 * @param letterAt when the letter was buried: in a topic that was made anew, another letter has its
 *     id
 * @param at when it was sent
 * @param by who asked for it
 */
public record LetterMark(
    @JsonProperty(value = "letter_at", required = true) Instant letterAt,
    @JsonProperty(required = true) Instant at,
    @JsonProperty(required = true) String by) {

  public LetterMark {
    requireNonNull(letterAt, "letterAt is null");
    requireNonNull(at, "at is null");
    requireNonNull(by, "by is null");
  }

  /** Reads the value of a record; empty when it is not a mark. */
  static Optional<LetterMark> read(byte[] value) {
    try {
      return Optional.of(QueueJson.MAPPER.readValue(value, LetterMark.class));
    } catch (IOException notOurs) {
      return Optional.empty();
    }
  }

  /** As the value of a record. */
  String text() {
    try {
      return QueueJson.MAPPER.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a mark cannot be written: " + e.getOriginalMessage(), e);
    }
  }
}
