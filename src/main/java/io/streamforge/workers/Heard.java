package io.streamforge.workers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What was read from the topics for all workers at once; each takes what lies behind its own
 * positions.
 */
final class Heard {
  private final Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> records = new HashMap<>();
  // Which queues a record stops: found once, though every worker asks.
  private final Map<TopicPartition, Map<String, Long>> stops = new HashMap<>();

  Heard(List<ConsumerRecord<String, byte[]>> all) {
    for (ConsumerRecord<String, byte[]> record : all) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      records.computeIfAbsent(partition, key -> new ArrayList<>()).add(record);
    }
  }

  /**
   * Hands over the records of a topic that lie behind the positions.
   *
   * @param positions the next offset of each partition
   * @return the positions behind them
   */
  List<Long> take(
      String topic, List<Long> positions, Consumer<ConsumerRecord<String, byte[]>> taker) {
    List<Long> next = new ArrayList<>(positions);
    for (int partition = 0; partition < positions.size(); partition++) {
      for (ConsumerRecord<String, byte[]> record : of(new TopicPartition(topic, partition))) {
        if (record.offset() >= positions.get(partition)) {
          taker.accept(record);
          next.set(partition, record.offset() + 1);
        }
      }
    }
    return next;
  }

  /** Whether a stop of that queue lies behind the positions of the control topic. */
  boolean stops(String queueId, String topic, List<Long> positions) {
    for (int partition = 0; partition < positions.size(); partition++) {
      TopicPartition place = new TopicPartition(topic, partition);
      long last = stops.computeIfAbsent(place, this::lastStops).getOrDefault(queueId, -1L);
      if (last >= positions.get(partition)) {
        return true;
      }
    }
    return false;
  }

  /** The positions behind all that was read of a topic. */
  List<Long> behind(String topic, List<Long> positions) {
    List<Long> next = new ArrayList<>(positions);
    for (int partition = 0; partition < positions.size(); partition++) {
      List<ConsumerRecord<String, byte[]>> read = of(new TopicPartition(topic, partition));
      if (!read.isEmpty()) {
        long end = read.get(read.size() - 1).offset() + 1;
        next.set(partition, Math.max(end, next.get(partition)));
      }
    }
    return next;
  }

  private Map<String, Long> lastStops(TopicPartition partition) {
    Map<String, Long> last = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : of(partition)) {
      StopMessage.read(record.value()).ifPresent(stop -> last.put(stop.queueId(), record.offset()));
    }
    return last;
  }

  private List<ConsumerRecord<String, byte[]>> of(TopicPartition partition) {
    return records.getOrDefault(partition, List.of());
  }
}
