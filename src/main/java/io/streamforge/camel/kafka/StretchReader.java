package io.streamforge.camel.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads stretches of partitions by their offsets, without a consumer group, to answer one question:
 * all calls together end within the patience. Every method throws a {@link
 * org.apache.kafka.common.KafkaException} when the broker does not answer by then. For one thread.
 */
public final class StretchReader implements AutoCloseable {
  private static final int FETCH_MAX_BYTES = 2 * 1024 * 1024;
  private static final int FETCH_MAX_WAIT_MS = 10;
  private static final int MAX_POLL_RECORDS = 500;
  private static final Duration LONGEST_POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Duration patience;
  private final long start = System.nanoTime();

  /**
   * @param clientProperties as {@link KafkaConnection#clientProperties} gives them
   */
  public StretchReader(Map<String, Object> clientProperties, Duration patience) {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_MAX_BYTES);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
    // The reader is ahead of whoever takes: at the end it would wait there before it turns
    // elsewhere.
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_MAX_WAIT_MS);
    // What retention has taken meanwhile is passed over.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    this.patience = patience;
    this.consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The partitions of a topic; none when it does not exist. */
  public List<TopicPartition> partitions(String topic) {
    return consumer.partitionsFor(topic, left()).stream()
        .map(one -> new TopicPartition(topic, one.partition()))
        .toList();
  }

  /** The offset of the first record that each partition still has, or its end. */
  public Map<TopicPartition, Long> beginnings(List<TopicPartition> partitions) {
    return consumer.beginningOffsets(partitions, left());
  }

  /** The offset that the next record of each partition will have. */
  public Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
    return consumer.endOffsets(partitions, left());
  }

  /**
   * Gives the records of a partition from an offset on and before another one, in their order. They
   * come a few at a time, so that only what the taker keeps is in memory. Offsets may be missing.
   *
   * @param to at most the partition's end
   */
  public void read(
      TopicPartition partition,
      long from,
      long to,
      Consumer<ConsumerRecord<byte[], byte[]>> taker) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    while (consumer.position(partition, left()) < to) {
      for (ConsumerRecord<byte[], byte[]> record : poll()) {
        if (record.offset() >= from && record.offset() < to) {
          taker.accept(record);
        }
      }
    }
  }

  /** The first record of a partition from an offset on and before another one. */
  public Optional<ConsumerRecord<byte[], byte[]>> first(
      TopicPartition partition, long from, long to) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    while (consumer.position(partition, left()) < to) {
      for (ConsumerRecord<byte[], byte[]> record : poll()) {
        return record.offset() < to ? Optional.of(record) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    Duration left = left();
    return consumer.poll(left.compareTo(LONGEST_POLL) < 0 ? left : LONGEST_POLL);
  }

  private Duration left() {
    Duration left = patience.minusNanos(System.nanoTime() - start);
    // With less than a millisecond the client does not ask, and answers with nothing.
    if (left.toMillis() < 1) {
      throw new TimeoutException("Kafka did not answer within " + patience.toMillis() + " ms");
    }
    return left;
  }

  @Override
  public void close() {
    consumer.close(Duration.ZERO);
  }
}
