package io.streamforge.queues;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.queues.Observation.StopAsked;
import java.time.Instant;

/** Requests to stop a queue, and what their clients are told. */
public final class StopAnswer {
  private final QueueRule rule;

  /** Answers to stops under this rule. */
  public StopAnswer(QueueRule rule) {
    this.rule = rule;
  }

  /** The request on its way into the store. */
  public Recording recording(String queueId, String by, String channel) {
    StopAsked stop = new StopAsked(by, channel, Instant.now());
    return new Recording(rule).add(QueueTender.shortId(queueId), QueueTender.only(queueId, stop));
  }

  /** What the client of a stop is told of the queue as it now is. */
  public static ObjectNode of(QueueState queue) {
    String message =
        switch (queue.status()) {
          case FINISHED, ERROR -> "Queue already " + queue.status().word();
          case PENDING, LOADING, STOPPING, STOPPED -> "Queue stopped";
        };
    ObjectNode answer = QueueJson.MAPPER.createObjectNode();
    answer.put("status", "success").put("message", message);
    answer.putObject("data").put("queue_id", queue.id()).put("state", queue.status().word());
    return answer;
  }
}
