package io.streamforge.camel.kafka;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a group is behind in a partition.
 *
 * @param next the offset of the first record that the group has not committed
 * @param end the offset that the next record written will have
 * @param oldestUnread when the first record not committed was written, if there is one
 */
public record PartitionLag(
    String group, TopicPartition partition, long next, long end, Optional<Instant> oldestUnread) {

  public PartitionLag {
    requireNonNull(group, "group is null");
    requireNonNull(partition, "partition is null");
    requireNonNull(oldestUnread, "oldestUnread is null");
  }

  /** How many records are not committed. */
  public long records() {
    return Math.max(0, end - next);
  }
}
