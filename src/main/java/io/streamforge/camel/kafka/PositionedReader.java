package io.streamforge.camel.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads from the positions that it is told each time, without a consumer group: whoever keeps a
 * position with what came of the records before it counts each record exactly once. Not for use by
 * two threads at once.
 */
public final class PositionedReader implements AutoCloseable {
  private static final int FETCH_MAX_BYTES = 8 * 1024 * 1024;
  private static final int MAX_POLL_RECORDS = 2000;
  private static final int RECONNECT_PAUSE_MS = 1000;

  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<TopicPartition, Long> next = new HashMap<>();

  /**
   * @param clientProperties as {@link KafkaConnection#clientProperties} gives them
   */
  public PositionedReader(Map<String, Object> clientProperties) {
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_MAX_BYTES);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
    properties.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_PAUSE_MS);
    // A position that retention has passed goes on with the oldest record that is left.
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * The records from these positions on that are there within the patience, about {@code limit} of
   * them at most; those of a partition in their order. None while the broker is away.
   */
  public List<ConsumerRecord<String, byte[]>> read(
      Map<TopicPartition, Long> positions, Duration patience, int limit) {
    moveTo(positions);
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    if (positions.isEmpty()) {
      return records;
    }
    long start = System.nanoTime();
    Duration left = patience;
    while (!left.isNegative() && records.size() < limit) {
      boolean any = false;
      for (ConsumerRecord<String, byte[]> record : consumer.poll(left)) {
        any = true;
        records.add(record);
        next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
      }
      if (!any) {
        break;
      }
      left = patience.minusNanos(System.nanoTime() - start);
    }
    return records;
  }

  private void moveTo(Map<TopicPartition, Long> positions) {
    if (!consumer.assignment().equals(positions.keySet())) {
      consumer.assign(positions.keySet());
      next.keySet().retainAll(positions.keySet());
    }
    positions.forEach(
        (partition, position) -> {
          if (!position.equals(next.put(partition, position))) {
            consumer.seek(partition, position);
          }
        });
  }

  @Override
  public void close() {
    consumer.close(Duration.ZERO);
  }
}
