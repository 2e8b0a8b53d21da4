package io.streamforge.camel.kafka;

import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;

/** How far consumer groups are behind, asked for on the spot. */
public final class GroupLags implements AutoCloseable {
  private final Map<String, Object> clientProperties;
  private final Map<String, List<String>> topicsByGroup;
  private final Duration timeout;
  private final RenewedAdmin admin;

  /**
   * @param clientProperties as {@link KafkaConnection#clientProperties} gives them
   * @param topicsByGroup the topics that each group reads
   * @param timeout how long the broker has for each answer
   */
  public GroupLags(
      Map<String, Object> clientProperties,
      Map<String, List<String>> topicsByGroup,
      Duration timeout) {
    this.clientProperties = Map.copyOf(clientProperties);
    this.topicsByGroup = new TreeMap<>(topicsByGroup);
    this.timeout = requireNonNull(timeout, "timeout is null");
    this.admin = new RenewedAdmin(AdminClients.withTimeout(clientProperties, timeout));
  }

  /**
   * The lag of each group in each partition of its topics; a topic that does not exist is left out.
   *
   * @throws ExecutionException if the broker does not answer in time
   */
  public List<PartitionLag> measure() throws InterruptedException, ExecutionException {
    List<PartitionLag> lags = new ArrayList<>();
    for (Map.Entry<String, List<String>> group : topicsByGroup.entrySet()) {
      GroupProgress progress = GroupProgress.of(admin, group.getKey(), group.getValue());
      progress.ends().entrySet().stream()
          .sorted(comparing(end -> end.getKey().toString()))
          .map(end -> lag(group.getKey(), end.getKey(), progress, end.getValue()))
          .forEach(lags::add);
    }
    return withTimes(lags);
  }

  private static PartitionLag lag(
      String group, TopicPartition partition, GroupProgress progress, long end) {
    return new PartitionLag(group, partition, progress.readOf(partition), end, Optional.empty());
  }

  private List<PartitionLag> withTimes(List<PartitionLag> lags) {
    if (lags.stream().allMatch(lag -> lag.records() == 0)) {
      return lags;
    }
    try (StretchReader reader = new StretchReader(clientProperties, timeout)) {
      return lags.stream().map(lag -> withTime(lag, reader)).toList();
    }
  }

  private static PartitionLag withTime(PartitionLag lag, StretchReader reader) {
    if (lag.records() == 0) {
      return lag;
    }
    Optional<Instant> oldest =
        reader
            .first(lag.partition(), lag.next(), lag.end())
            .map(record -> Instant.ofEpochMilli(record.timestamp()));
    return new PartitionLag(lag.group(), lag.partition(), lag.next(), lag.end(), oldest);
  }

  @Override
  public void close() {
    admin.close();
  }
}
