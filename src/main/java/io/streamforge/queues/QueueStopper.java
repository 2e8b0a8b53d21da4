package io.streamforge.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.contract.Fault;
import io.streamforge.camel.contract.Refusal;
import io.streamforge.queues.Observation.StopAsked;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests to stop a queue, and what their clients are told. */
public final class QueueStopper {
  private final QueueRule rule;
  private final Clock clock;

  /** Stops under this rule. */
  public QueueStopper(QueueRule rule, Clock clock) {
    this.rule = rule;
    this.clock = clock;
  }

  /**
   * The queue that a request names, in its query or in its body.
   *
   * @throws Refusal 422 when it names none, or two; 404 when no queue can have that id
   */
  public static String queueId(@Nullable String query, @Nullable JsonNode body) {
    String named = body == null ? null : body.path("queue_id").asText(null);
    if (query == null && named == null) {
      throw Refusal.of(List.of(new Fault("queue_id", "is required, in the query or in the body")));
    }
    if (query != null && named != null && !query.equals(named)) {
      throw Refusal.of(
          List.of(new Fault("queue_id", "names one queue in the query and another in the body")));
    }
    return known(query == null ? String.valueOf(named) : query);
  }

  /**
   * The id in the form that queues have.
   *
   * @throws Refusal 404 when no queue can have that id
   */
  static String known(String id) {
    try {
      return UUID.fromString(id.toLowerCase(Locale.ROOT)).toString();
    } catch (IllegalArgumentException notAnId) {
      throw unknown();
    }
  }

  private static Refusal unknown() {
    return new Refusal(404, "There is no such queue; GET /queues lists those that there are");
  }

  /** Until when a request waits for the stop to be done; null when it does not wait. */
  public @Nullable Instant deadline(@Nullable Integer waitSeconds) {
    return waitSeconds == null || waitSeconds == 0
        ? null
        : clock.instant().plusSeconds(waitSeconds);
  }

  /** Whether the request that got this answer goes on waiting. */
  public boolean goesOn(ObjectNode answer, @Nullable Instant deadline) {
    return deadline != null
        && clock.instant().isBefore(deadline)
        && answer.path("data").path("state").asText().equals(Status.STOPPING.word());
  }

  /**
   * The request on its way into the store.
   *
   * @param channel by which it came
   * @param caller who asks, null where the channel does not tell
   */
  public Recording recording(String queueId, String channel, @Nullable String caller) {
    String unnamed = channel.equals("rest") ? "anonymous" : channel;
    String by = caller == null ? unnamed : caller;
    StopAsked stop = new StopAsked(by, channel, clock.instant());
    return new Recording(rule).add(QueueTender.shortId(queueId), QueueTender.only(queueId, stop));
  }

  /**
   * What the client is told after the request is stored.
   *
   * @throws Refusal 404 when there was no such queue
   */
  public static ObjectNode answerTo(String queueId, List<QueueState> recorded) {
    return recorded.stream()
        .filter(queue -> queue.id().equals(queueId))
        .findFirst()
        .map(QueueStopper::answer)
        .orElseThrow(QueueStopper::unknown);
  }

  /** What the client is told of a queue in the stored document. */
  public static ObjectNode answer(String document) {
    return answer(QueueJson.read(document));
  }

  private static ObjectNode answer(QueueState queue) {
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
