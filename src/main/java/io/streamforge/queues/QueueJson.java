package io.streamforge.queues;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.streamforge.queues.StoredQueue.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Queues as JSON text, and as what a store keeps of them. */
public final class QueueJson {
  /**
   * Reads and writes everything of this package: instants as RFC 3339 text, unknown fields ignored.
   */
  public static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final Logger LOG = LoggerFactory.getLogger(QueueJson.class);
  private static final ObjectReader READER = MAPPER.readerFor(QueueState.class);
  private static final ObjectWriter WRITER = MAPPER.writerFor(QueueState.class);

  /** The state that a stored document holds. */
  public static QueueState read(String document) {
    try {
      return READER.readValue(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "a stored queue cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  /** The states that stored documents hold; one that cannot be read must not hold up the others. */
  public static List<QueueState> readAll(List<StoredQueue> queues) {
    List<QueueState> states = new ArrayList<>(queues.size());
    for (StoredQueue queue : queues) {
      try {
        states.add(read(queue.document()));
      } catch (IllegalStateException e) {
        LOG.error("{} is left alone: {}", queue.id(), e.getMessage());
      }
    }
    return states;
  }

  /** The history in a stored document, oldest first, and how many older entries it has lost. */
  public static ObjectNode history(String document) {
    QueueState queue = read(document);
    ObjectNode history = MAPPER.createObjectNode();
    history.put("queue_id", queue.id()).put("dropped", queue.historyDropped());
    history.set("events", MAPPER.valueToTree(queue.history()));
    return history;
  }

  /** The state as a store keeps it. */
  public static StoredQueue stored(QueueState queue, @Nullable Claim claim) {
    List<String> types =
        Stream.concat(Stream.of(queue.type()), queue.steps().stream().map(StepState::type))
            .distinct()
            .toList();
    List<String> targets = queue.steps().stream().map(StepState::target).distinct().toList();
    return new StoredQueue(
        queue.id(),
        queue.version(),
        queue.status().word(),
        queue.symbol(),
        types,
        targets,
        queue.createdAt(),
        queue.updatedAt(),
        queue.isOpen(),
        queue.liveJobs(),
        claim,
        write(queue));
  }

  /**
   * The document with what a list leaves out taken away: the history, and what workers logged last.
   */
  public static ObjectNode summary(String document) {
    try {
      ObjectNode queue = (ObjectNode) MAPPER.readTree(document);
      queue.remove(List.of("history", "history_dropped"));
      queue.path("steps").forEach(step -> ((ObjectNode) step).remove("pod_log_tail"));
      return queue;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "a stored queue cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  private static String write(QueueState queue) {
    try {
      return WRITER.writeValueAsString(queue);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a queue cannot be written: " + e.getOriginalMessage(), e);
    }
  }
}
