package io.streamforge.camel.kafka;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.component.kafka.consumer.support.subcription.DefaultSubscribeAdapter;
import org.apache.camel.component.kafka.consumer.support.subcription.SubscribeAdapter;
import org.apache.camel.component.kafka.consumer.support.subcription.TopicInfo;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/**
 * Lets consumers of certain topics read every record, and start a number of records before the end,
 * instead of sharing the topic with a group: what a broadcast to all replicas needs. Bound in the
 * registry as {@code subscribeAdapter}; topics that it is not told keep camel-kafka's subscription,
 * and go back to their last commit when a poll fails.
 *
 * <p>Such a consumer needs {@code autoCommitEnable=false} and {@code autoOffsetReset=earliest}. A
 * consumer that is created anew, as by a restart of its route, starts again before the end: its
 * route must bear records that it has seen.
 */
public final class TailSubscription implements SubscribeAdapter {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<String, Integer> recordsBeforeEnd;
  private final PollBackoff polls;
  private final TailListener listener;
  private final SubscribeAdapter others = new DefaultSubscribeAdapter();

  /** Is told where a tail begins and ends when it is assigned. */
  @FunctionalInterface
  public interface TailListener {
    /**
     * @param begin the offset of the first record that will be read
     * @param end the offset after the last record that was there; {@code begin} when there was none
     */
    void assigned(TopicPartition partition, long begin, long end);
  }

  /** A subscription that nobody listens to. */
  public TailSubscription(Map<String, Integer> recordsBeforeEnd, PollBackoff polls) {
    this(recordsBeforeEnd, polls, (partition, begin, end) -> {});
  }

  /**
   * @param recordsBeforeEnd topic to the number of its last records, per partition, to begin with;
   *     0 means only what comes from now on
   * @param polls the poll strategy of the same consumers
   */
  public TailSubscription(
      Map<String, Integer> recordsBeforeEnd, PollBackoff polls, TailListener listener) {
    this.listener = requireNonNull(listener, "listener is null");
    this.polls = requireNonNull(polls, "polls is null");
    this.recordsBeforeEnd = Map.copyOf(recordsBeforeEnd);
    this.recordsBeforeEnd.forEach(
        (topic, count) -> {
          if (count < 0) {
            throw new IllegalArgumentException(
                "records before the end of " + topic + " must not be negative: " + count);
          }
        });
  }

  /** {@inheritDoc} Fails while a topic or the broker is not there; camel-kafka then tries again. */
  @Override
  public void subscribe(
      Consumer<?, ?> consumer, ConsumerRebalanceListener rebalances, TopicInfo topics) {
    if (topics.isPattern() || !recordsBeforeEnd.keySet().containsAll(topics.getTopics())) {
      others.subscribe(consumer, rebalances, topics);
      polls.onFailure(
          () -> {
            consumer.unsubscribe();
            others.subscribe(consumer, rebalances, topics);
          });
      return;
    }
    polls.keepPlaceOnFailure();
    List<TopicPartition> partitions =
        topics.getTopics().stream().flatMap(topic -> partitions(consumer, topic).stream()).toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions, PATIENCE);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
    for (TopicPartition partition : partitions) {
      long end = ends.getOrDefault(partition, 0L);
      long tail = recordsBeforeEnd.getOrDefault(partition.topic(), 0);
      long begin = Math.max(beginnings.getOrDefault(partition, 0L), end - tail);
      consumer.seek(partition, begin);
      listener.assigned(partition, begin, end);
    }
  }

  private static Collection<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic, PATIENCE).stream()
            .map(one -> new TopicPartition(topic, one.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new IllegalStateException("topic " + topic + " does not exist yet");
    }
    return partitions;
  }
}
