package io.streamforge.queues;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.contract.Fault;
import io.streamforge.camel.contract.Refusal;
import io.streamforge.camel.kafka.BuriedLetter;
import io.streamforge.camel.kafka.DeadLetter;
import io.streamforge.camel.kafka.KafkaRecord;
import io.streamforge.camel.kafka.OutgoingRecord;
import io.streamforge.camel.trace.TraceContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A record of the control topic.
 *
 * @param kind what is to be done about it
 * @param id what the answer names: the {@code command_id}, else where the record lies, or first lay
 *     if it was sent again
 * @param body of a start, the request's body; of a stop, the message; null when it is not JSON
 * @param faults why it is {@link Kind#UNREADABLE} or {@link Kind#REFUSED}
 */
public record CommandMessage(
    Kind kind, String id, @Nullable ObjectNode body, List<Fault> faults, KafkaRecord record) {

  private static final ObjectReader JSON =
      QueueJson.MAPPER
          .reader()
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
  private static final Set<String> ENVELOPE =
      Set.of("command", "command_id", "instance", "timestamp");
  private static final int LONGEST_ID = 128;

  public CommandMessage {
    faults = List.copyOf(faults);
  }

  /** What is to be done about a record of the control topic. */
  public enum Kind {
    START,
    STOP,
    /** Our own, for another installation, telemetry, or a command that others obey. */
    NOT_OURS,
    /** Not JSON. */
    UNREADABLE,
    /** A command that cannot be obeyed as it stands. */
    REFUSED
  }

  /** Reads a record as the installation of that name must understand it. */
  public static CommandMessage read(KafkaRecord record, String instance) {
    if (instance.equals(record.header(WorkerCommands.ORIGIN))) {
      return new CommandMessage(Kind.NOT_OURS, record.position(), null, List.of(), record);
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

  private static CommandMessage unreadable(KafkaRecord record, String reason) {
    List<Fault> faults = List.of(new Fault("message", reason));
    return new CommandMessage(Kind.UNREADABLE, record.position(), null, faults, record);
  }

  private static CommandMessage of(ObjectNode message, KafkaRecord record, String instance) {
    Kind kind = kind(message, instance);
    if (kind == Kind.NOT_OURS) {
      return new CommandMessage(kind, record.position(), message, List.of(), record);
    }
    List<Fault> faults = faults(message, kind);
    if (!faults.isEmpty()) {
      return new CommandMessage(Kind.REFUSED, record.position(), message, faults, record);
    }
    String id = message.path("command_id").asText(firstPlace(record));
    ObjectNode body = kind == Kind.START ? message.deepCopy().without(ENVELOPE) : message;
    return new CommandMessage(kind, id, body, List.of(), record);
  }

  /** A command that is sent again as it was must not be obeyed twice. */
  private static String firstPlace(KafkaRecord record) {
    String place = record.header(BuriedLetter.FIRST_PLACE);
    return place == null
        ? record.position()
        : BuriedLetter.place(place).orElseGet(record::position);
  }

  private static Kind kind(ObjectNode message, String instance) {
    return switch (message.path("command").asText()) {
      case "stop" -> Kind.STOP;
      case "start" -> {
        JsonNode other = message.path("instance");
        boolean elsewhere = other.isTextual() && !other.asText().equals(instance);
        yield elsewhere || message.has("queue_id") ? Kind.NOT_OURS : Kind.START;
      }
      default -> Kind.NOT_OURS;
    };
  }

  /** What is wrong with the fields around a request; those of the request are the contract's. */
  private static List<Fault> faults(ObjectNode message, Kind kind) {
    List<Fault> faults = new ArrayList<>();
    if (message.hasNonNull("command_id")) {
      JsonNode id = message.path("command_id");
      if (!id.isTextual() || id.asText().isBlank() || id.asText().length() > LONGEST_ID) {
        faults.add(
            new Fault("command_id", "must be a text of at most " + LONGEST_ID + " characters"));
      }
    }
    if (kind == Kind.START
        && message.hasNonNull("instance")
        && !message.path("instance").isTextual()) {
      faults.add(new Fault("instance", "must be the name of an installation, or be left out"));
    }
    if (kind == Kind.STOP && message.path("queue_id").asText("").isBlank()) {
      faults.add(new Fault("queue_id", "is required: the id of the queue to stop"));
    }
    return faults;
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
    return new DeadLetter(record, "not a command: " + faults.get(0).message(), record.attempt());
  }

  /** It as a dead letter, because obeying it failed for good. */
  DeadLetter deadLetter(Exception failure) {
    return new DeadLetter(record, "cannot be obeyed: " + failure, record.attempt());
  }

  /** The request that a start makes. */
  public StartRequest startRequest() {
    String traceparent = TraceContext.continuing(traceparent()).toString();
    return new StartRequest(requireNonNull(body), "kafka", "kafka", "kafka:" + id, traceparent);
  }

  /** The trace that it was sent with, null without one. */
  private @Nullable String traceparent() {
    return record.header(TraceContext.HEADER);
  }

  /** The queue that a stop names, empty text when it names none. */
  public String queueId() {
    return body == null ? "" : body.path("queue_id").asText();
  }

  /** The answer that says that the command was obeyed. */
  OutgoingRecord done(String message, String queueId) {
    ObjectNode answer = answer("success", message);
    answer.put("queue_id", queueId).putObject("data").put("queue_id", queueId);
    return new OutgoingRecord(queueId, answer.toString(), traceparent());
  }

  /** The answer that says why the command was not obeyed. */
  OutgoingRecord refused(Refusal refusal) {
    ObjectNode answer = answer("error", String.valueOf(refusal.getMessage()));
    ObjectNode data = answer.putObject("data");
    if (!refusal.faults().isEmpty()) {
      data.set("errors", QueueJson.MAPPER.valueToTree(refusal.faults()));
    }
    String key = record.key();
    return new OutgoingRecord(key == null ? id : key, answer.toString(), traceparent());
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
