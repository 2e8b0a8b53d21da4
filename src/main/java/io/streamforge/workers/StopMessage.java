package io.streamforge.workers;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.queues.QueueJson;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A message of the control topic that ends all workers of a queue. */
record StopMessage(String queueId) {

  /** The stop that a message is; empty for any other message, also for one that is not JSON. */
  static Optional<StopMessage> read(byte @Nullable [] message) {
    if (message == null) {
      return Optional.empty();
    }
    try {
      JsonNode json = QueueJson.MAPPER.readTree(message);
      return json.path("command").asText().equals("stop") && json.path("queue_id").isTextual()
          ? Optional.of(new StopMessage(json.path("queue_id").textValue()))
          : Optional.empty();
    } catch (IOException notForWorkers) {
      return Optional.empty();
    }
  }
}
