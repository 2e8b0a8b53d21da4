package io.streamforge.camel.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Where partitions end, and up to where a group has read them.
 *
 * @param ends the offset that the next record of each partition will have
 * @param read the offset up to which nothing is left to read for the group
 */
record GroupProgress(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> read) {

  GroupProgress {
    ends = Map.copyOf(ends);
    read = Map.copyOf(read);
  }

  /**
   * As {@link #of(Admin, String, Collection)}, through a client that is made anew when it fails.
   */
  static GroupProgress of(RenewedAdmin admin, String group, Collection<String> topics)
      throws InterruptedException, ExecutionException {
    try {
      return admin.<GroupProgress, Exception>call(client -> of(client, group, topics));
    } catch (InterruptedException | ExecutionException | RuntimeException failure) {
      throw failure;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Looks at the ends first, so that a record written meanwhile counts as read if at all. */
  static GroupProgress of(Admin admin, String group, Collection<String> topics)
      throws InterruptedException, ExecutionException {
    List<TopicPartition> partitions = partitions(admin, topics);
    Map<TopicPartition, Long> ends = offsets(admin, partitions, OffsetSpec.latest());
    Map<TopicPartition, Long> read = offsets(admin, partitions, OffsetSpec.earliest());
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    committed.forEach(
        (partition, offset) -> {
          // Null stands for a partition of which the group has not committed anything.
          if (offset != null && read.containsKey(partition)) {
            read.merge(partition, offset.offset(), Math::max);
          }
        });
    return new GroupProgress(ends, read);
  }

  private static List<TopicPartition> partitions(Admin admin, Collection<String> topics)
      throws InterruptedException, ExecutionException {
    List<TopicPartition> partitions = new ArrayList<>();
    for (KafkaFuture<TopicDescription> future :
        admin.describeTopics(topics).topicNameValues().values()) {
      try {
        TopicDescription topic = future.get();
        topic
            .partitions()
            .forEach(one -> partitions.add(new TopicPartition(topic.name(), one.partition())));
      } catch (ExecutionException failure) {
        if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw failure;
        }
      }
    }
    return partitions;
  }

  private static Map<TopicPartition, Long> offsets(
      Admin admin, List<TopicPartition> partitions, OffsetSpec which)
      throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> request = new HashMap<>();
    partitions.forEach(partition -> request.put(partition, which));
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (Map.Entry<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> one :
        admin.listOffsets(request).all().get().entrySet()) {
      offsets.put(one.getKey(), one.getValue().offset());
    }
    return offsets;
  }

  /** How many records are left to read. */
  long lag() {
    return ends.entrySet().stream()
        .mapToLong(end -> Math.max(0, end.getValue() - readOf(end.getKey())))
        .sum();
  }

  /** Whether all is read up to these earlier ends, as far as it still exists. */
  boolean covers(Map<TopicPartition, Long> earlierEnds) {
    return earlierEnds.entrySet().stream()
        .allMatch(
            earlier -> {
              long now = ends.getOrDefault(earlier.getKey(), 0L);
              return readOf(earlier.getKey()) >= Math.min(earlier.getValue(), now);
            });
  }

  /** The offset of the first record that is left to read. */
  long readOf(TopicPartition partition) {
    return read.getOrDefault(partition, 0L);
  }
}
