package io.streamforge.queues;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.kafka.GroupLags;
import io.streamforge.camel.kafka.PartitionLag;
import java.time.Instant;
import java.util.concurrent.ExecutionException;

/** What clients are told of how far reading is behind. */
public final class ConsumerLagReport {
  private final GroupLags lags;

  public ConsumerLagReport(GroupLags lags) {
    this.lags = requireNonNull(lags, "lags is null");
  }

  /**
   * The answer to a request, measured on the spot.
   *
   * @throws ExecutionException when Kafka does not answer in time
   */
  public ObjectNode answer() throws InterruptedException, ExecutionException {
    ObjectNode answer = QueueJson.MAPPER.createObjectNode();
    answer.put("status", "success").put("message", "Consumer lag measured");
    ArrayNode data = answer.putArray("data");
    for (PartitionLag lag : lags.measure()) {
      data.addObject()
          .put("group", lag.group())
          .put("topic", lag.partition().topic())
          .put("partition", lag.partition().partition())
          .put("records", lag.records())
          .put("committed_offset", lag.next())
          .put("end_offset", lag.end())
          .put("oldest_unread_at", lag.oldestUnread().map(Instant::toString).orElse(null));
    }
    return answer;
  }
}
