package io.streamforge.queues;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.contract.Refusal;
import io.streamforge.camel.kafka.DeadLetter;
import io.streamforge.camel.kafka.KafkaRecord;
import io.streamforge.camel.kafka.OutgoingRecord;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record of the control topic.
 *
 * @param kind what is to be done about it
 * @param id what the answer names: the {@code command_id}, else where the record lies
 * @param body of a start, the request's body; of a stop, the message; null when it is not JSON
 * @param fault why it is {@link Kind#UNREADABLE}
 */
public record CommandMessage(
    Kind kind, String id, @Nullable ObjectNode body, @Nullable String fault, KafkaRecord record) {

  private static final ObjectReader JSON =
      QueueJson.MAPPER
          .reader()
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final Set<String> ENVELOPE =
      Set.of("command", "command_id", "instance", "timestamp");
  private static final int LONGEST_ID = 128;

  /** What is to be done about a record of the control topic. */
  public enum Kind {
    START,
    STOP,
    /** Our own, for another installation, telemetry, or a command that others obey. */
    NOT_OURS,
    /** Not JSON. */
    UNREADABLE,
    /** A command that cannot be obeyed as it stands; the body's fields say why. */
    REFUSED
  }

  /** Reads a record as the installation of that name must understand it. */
  public static CommandMessage read(KafkaRecord record, String instance) {
    if (instance.equals(record.header(WorkerCommands.ORIGIN))) {
      return new CommandMessage(Kind.NOT_OURS, record.position(), null, null, record);
    }
    JsonNode message;
    try {
      byte[] value = record.value();
      message = JSON.readTree(value == null ? new byte[0] : value);
    } catch (IOException e) {
      String fault =
          e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
      return unreadable(record, String.valueOf(fault));
    }
    return message instanceof ObjectNode object
        ? of(object, record, instance)
        : unreadable(record, "the message is not a JSON object");
  }

  private static CommandMessage unreadable(KafkaRecord record, String fault) {
    return new CommandMessage(Kind.UNREADABLE, record.position(), null, fault, record);
  }

  private static CommandMessage of(ObjectNode message, KafkaRecord record, String instance) {
    JsonNode commandId = message.path("command_id");
    boolean named = commandId.isTextual() && !commandId.asText().isBlank();
    String id = named ? commandId.asText() : record.position();
    if (id.length() > LONGEST_ID) {
      String fault = "command_id is longer than " + LONGEST_ID + " characters";
      return new CommandMessage(Kind.REFUSED, record.position(), message, fault, record);
    }
    String other = message.path("instance").asText(instance);
    return switch (message.path("command").asText()) {
      case "stop" -> new CommandMessage(Kind.STOP, id, message, null, record);
      case "start" ->
          message.has("queue_id") || !other.equals(instance)
              ? new CommandMessage(Kind.NOT_OURS, id, message, null, record)
              : new CommandMessage(
                  Kind.START, id, message.deepCopy().without(ENVELOPE), null, record);
      default -> new CommandMessage(Kind.NOT_OURS, id, message, null, record);
    };
  }

  /** Whether nobody can read it. */
  public boolean isUnreadable() {
    return kind == Kind.UNREADABLE;
  }

  /** Whether it asks to start a queue. */
  public boolean isStart() {
    return kind == Kind.START;
  }

  /** It as a dead letter, because it cannot be read. */
  DeadLetter deadLetter() {
    return new DeadLetter(record, "not a command: " + fault, record.attempt());
  }

  /** It as a dead letter, because obeying it failed for good. */
  DeadLetter deadLetter(Exception failure) {
    return new DeadLetter(record, "cannot be obeyed: " + failure, record.attempt());
  }

  /** The request that a start makes. */
  public StartRequest startRequest() {
    return new StartRequest(requireNonNull(body), "kafka", "kafka", "kafka:" + id);
  }

  /** The queue that a stop names, empty text when it names none. */
  public String queueId() {
    return body == null ? "" : body.path("queue_id").asText();
  }

  /** The answer that says that the command was obeyed. */
  OutgoingRecord done(String message, String queueId) {
    ObjectNode answer = answer("success", message);
    answer.put("queue_id", queueId).putObject("data").put("queue_id", queueId);
    return new OutgoingRecord(queueId, answer.toString());
  }

  /** The answer that says why the command was not obeyed. */
  OutgoingRecord refused(Refusal refusal) {
    ObjectNode answer = answer("error", String.valueOf(refusal.getMessage()));
    ObjectNode data = answer.putObject("data");
    if (!refusal.faults().isEmpty()) {
      data.set("errors", QueueJson.MAPPER.valueToTree(refusal.faults()));
    }
    String key = record.key();
    return new OutgoingRecord(key == null ? id : key, answer.toString());
  }

  private ObjectNode answer(String status, String message) {
    return QueueJson.MAPPER
        .createObjectNode()
        .put("kind", "answer")
        .put("command_id", id)
        .put("status", status)
        .put("message", message);
  }
}
