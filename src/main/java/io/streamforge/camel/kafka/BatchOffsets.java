package io.streamforge.camel.kafka;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.jspecify.annotations.Nullable;

/**
 * Gives a batching camel-kafka route at-least-once: its first step opens the batch, its last one
 * commits every partition of it, and a batch that fails in between is read again. The documentation
 * of the package shows the route. Every route has an instance of its own.
 */
public final class BatchOffsets {

  private static final String BATCH = "kafka_batch";

  private final PollBackoff polls;
  private final ConcurrentMap<TopicPartition, PartitionReadings> readings =
      new ConcurrentHashMap<>();

  private record Batch(
      Consumer<?, ?> consumer, Duration timeout, Map<TopicPartition, OffsetAndMetadata> offsets) {}

  /**
   * @param polls the poll strategy of the same consumers: it knows when polled records were dropped
   */
  public BatchOffsets(PollBackoff polls) {
    this.polls = requireNonNull(polls, "polls is null");
  }

  /**
   * Turns the consumer's list of exchanges into records, in the order of the list, and remembers
   * what {@link #commit} has to commit.
   *
   * @throws IllegalStateException if the consumer is not batching with manual commits, or must read
   *     again because a failed poll dropped records
   */
  public List<KafkaRecord> open(Exchange exchange) throws InvalidPayloadException {
    if (polls.droppedRecords()) {
      // This consumer's position is beyond the dropped records; its successor starts at the commit.
      exchange.setRollbackOnly(true);
      throw new IllegalStateException("a failed poll dropped records, which are now read again");
    }
    List<?> polled = exchange.getMessage().getMandatoryBody(List.class);
    List<KafkaRecord> records = new ArrayList<>(polled.size());
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    KafkaRecord previous = null;
    PartitionReadings current = null;
    for (Object one : polled) {
      Message message = ((Exchange) one).getMessage();
      DefaultKafkaManualCommit origin = origin(message);
      TopicPartition partition = origin.getPartition();
      if (current == null || previous == null || !partition.equals(previous.partition())) {
        addTo(offsets, previous);
        current = readings.computeIfAbsent(partition, unseen -> new PartitionReadings());
      }
      long offset = origin.getRecordOffset();
      previous =
          new KafkaRecord(
              partition,
              offset,
              (byte[]) message.getBody(),
              message.getHeaders(),
              current.see(offset));
      records.add(previous);
    }
    addTo(offsets, previous);
    DefaultKafkaManualCommit last = origin(exchange.getMessage());
    Duration timeout = Duration.ofMillis(last.getCommitTimeout());
    exchange.setVariable(
        BATCH, new Batch(last.getCamelExchangePayload().consumer, timeout, offsets));
    return records;
  }

  private static void addTo(
      Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable KafkaRecord last) {
    if (last != null) {
      offsets.put(last.partition(), new OffsetAndMetadata(last.offset() + 1));
    }
  }

  private static DefaultKafkaManualCommit origin(Message message) {
    if (message.getHeader(KafkaConstants.MANUAL_COMMIT) instanceof DefaultKafkaManualCommit found) {
      return found;
    }
    throw new IllegalStateException(
        "no record of a Kafka batch: the consumer needs batching=true and allowManualCommit=true");
  }

  /**
   * Commits all partitions of the batch, on the consumer's own thread; returns when the broker has
   * them.
   *
   * @throws IllegalStateException if the batch was not opened
   */
  public void commit(Exchange exchange) {
    Batch batch = exchange.getVariable(BATCH, Batch.class);
    if (batch == null) {
      throw new IllegalStateException("no open batch to commit: the route must begin with open");
    }
    try {
      batch.consumer().commitSync(batch.offsets(), batch.timeout());
    } catch (CommitFailedException | RebalanceInProgressException | FencedInstanceIdException e) {
      // The partitions are somebody else's now: no retry of the commit can succeed.
      exchange.setRollbackOnly(true);
      throw e;
    }
  }
}
