package io.streamforge.camel.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One record of a batch, as light as a batch of hundreds needs it: it shares the value and the
 * headers with the consumer.
 *
 * @param value null for a tombstone
 * @param headers the record's own headers, beside what camel-kafka adds under {@code kafka.*}
 * @param attempt 1 when the record is read for the first time, one more with each time a failed
 *     batch is read again; counted by this process
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record KafkaRecord(
    TopicPartition partition,
    long offset,
    byte @Nullable [] value,
    Map<String, Object> headers,
    int attempt) {

  public KafkaRecord {
    requireNonNull(partition, "partition is null");
    requireNonNull(headers, "headers is null");
    if (offset < 0) {
      throw new IllegalArgumentException("offset must not be negative: " + offset);
    }
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt must be at least 1: " + attempt);
    }
  }

  public String topic() {
    return partition.topic();
  }

  /** The record's key as text. */
  public @Nullable String key() {
    return text(headers.get(KafkaConstants.KEY));
  }

  /** When the record was written, by the producer's or the broker's clock. */
  public Instant timestamp() {
    return headers.get(KafkaConstants.TIMESTAMP) instanceof Long milliseconds
        ? Instant.ofEpochMilli(milliseconds)
        : Instant.EPOCH;
  }

  /** A header of the record as text; null when there is none of that name. */
  public @Nullable String header(String name) {
    return text(headers.get(name));
  }

  /** Where the record lies: {@code <topic>-<partition>-<offset>}. */
  public String position() {
    return partition + "-" + offset;
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, UTF_8)
        : value == null ? null : value.toString();
  }

  @Override
  public String toString() {
    return position();
  }
}
