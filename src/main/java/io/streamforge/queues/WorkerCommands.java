package io.streamforge.queues;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.kafka.OutgoingRecord;
import java.time.Instant;
import java.util.List;

/**
 * The messages that we send on the control topic; the route that sends them marks them as our own.
 */
public final class WorkerCommands {
  /** The header that tells which installation a message is from. */
  public static final String ORIGIN = "origin";

  /** Tells the workers of a queue to end. */
  public OutgoingRecord stop(QueueState queue, Instant now) {
    ObjectNode stop = QueueJson.MAPPER.createObjectNode();
    stop.put("command", "stop").put("queue_id", queue.id()).put("timestamp", seconds(now));
    return record(queue, stop);
  }

  /** Tells those who watch that a step was launched. */
  OutgoingRecord started(QueueState queue, StepState step, Instant now) {
    ObjectNode start = QueueJson.MAPPER.createObjectNode();
    start
        .put("command", "start")
        .put("queue_id", queue.id())
        .put("target", step.target())
        .put("symbol", queue.symbol())
        .put("type", step.type())
        .put("time_range", queue.startTime() + ":" + queue.endTime())
        .put("kafka_topic", step.kafkaTopic())
        .put("collection_name", step.collectionName())
        .put("telemetry_id", step.telemetryId())
        .put("image", step.image())
        .put("timestamp", seconds(now));
    return record(queue, start);
  }

  /** Tells of every step whose job these outcomes show to be new. */
  public List<OutgoingRecord> startMessages(List<QueueState> queues, List<LaunchOutcome> outcomes) {
    Instant now = Instant.now();
    return outcomes.stream()
        .filter(outcome -> outcome.result() == LaunchOutcome.Result.CREATED)
        .flatMap(
            outcome ->
                queues.stream()
                    .filter(queue -> queue.id().equals(outcome.job().queueId()))
                    .map(queue -> started(queue, queue.step(outcome.job().step()), now)))
        .toList();
  }

  private static OutgoingRecord record(QueueState queue, ObjectNode command) {
    return new OutgoingRecord(queue.id(), command.toString(), queue.traceparent());
  }

  private static double seconds(Instant now) {
    return now.toEpochMilli() / 1000d;
  }
}
