package io.streamforge.camel.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that topics exist just before they are used, and tells where they end. */
public final class TopicOpener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TopicOpener.class);

  private final RenewedAdmin renewed;

  /**
   * @param clientProperties as {@link KafkaConnection#clientProperties} gives them
   * @param timeoutMs how long one call waits for the broker at most
   */
  public TopicOpener(Map<String, Object> clientProperties, int timeoutMs) {
    renewed =
        new RenewedAdmin(AdminClients.withTimeout(clientProperties, Duration.ofMillis(timeoutMs)));
  }

  /**
   * Creates those topics that are missing, with one partition, and returns the end offsets of all:
   * by topic, those of its partitions in their order. A topic that can be neither found nor created
   * is left out, and logged.
   *
   * @throws KafkaException when the broker does not answer in time
   */
  public Map<String, List<Long>> open(Collection<String> topics) {
    if (topics.isEmpty()) {
      return Map.of();
    }
    return renewed.call(admin -> open(admin, topics));
  }

  private static Map<String, List<Long>> open(Admin admin, Collection<String> topics) {
    Map<String, TopicDescription> known = describe(admin, topics);
    List<String> missing = topics.stream().filter(topic -> !known.containsKey(topic)).toList();
    if (!missing.isEmpty()) {
      known.putAll(describe(admin, create(admin, missing)));
    }
    return ends(admin, known);
  }

  private static Map<String, TopicDescription> describe(Admin admin, Collection<String> topics) {
    Map<String, TopicDescription> found = new LinkedHashMap<>();
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin.describeTopics(topics).topicNameValues();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
      try {
        found.put(answer.getKey(), await(answer.getValue()));
      } catch (UnknownTopicOrPartitionException missing) {
        LOG.debug("Topic {} does not exist yet", answer.getKey());
      } catch (RetriableException brokerAway) {
        throw brokerAway;
      } catch (KafkaException refused) {
        LOG.warn("Topic {} cannot be used: {}", answer.getKey(), refused.toString());
      }
    }
    return found;
  }

  private static List<String> create(Admin admin, List<String> missing) {
    List<NewTopic> asked =
        missing.stream()
            .map(topic -> new NewTopic(topic, Optional.of(1), Optional.empty()))
            .toList();
    List<String> created = new ArrayList<>();
    Map<String, KafkaFuture<Void>> answers = admin.createTopics(asked).values();
    for (Map.Entry<String, KafkaFuture<Void>> answer : answers.entrySet()) {
      try {
        await(answer.getValue());
        created.add(answer.getKey());
      } catch (TopicExistsException sooner) {
        created.add(answer.getKey());
      } catch (RetriableException brokerAway) {
        throw brokerAway;
      } catch (KafkaException refused) {
        LOG.warn("Topic {} cannot be created: {}", answer.getKey(), refused.toString());
      }
    }
    return created;
  }

  private static Map<String, List<Long>> ends(Admin admin, Map<String, TopicDescription> topics) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    topics.forEach(
        (name, topic) -> {
          for (TopicPartitionInfo partition : topic.partitions()) {
            asked.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest());
          }
        });
    ListOffsetsResult answer = admin.listOffsets(asked);
    Map<String, List<Long>> ends = new LinkedHashMap<>();
    topics.forEach(
        (name, topic) ->
            ends.put(
                name,
                topic.partitions().stream()
                    .map(partition -> new TopicPartition(name, partition.partition()))
                    .map(partition -> await(answer.partitionResult(partition)).offset())
                    .toList()));
    return ends;
  }

  private static <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get();
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof KafkaException known
          ? known
          : new KafkaException(failure.getCause());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new InterruptException(stopping);
    }
  }

  @Override
  public void close() {
    renewed.close();
  }
}
