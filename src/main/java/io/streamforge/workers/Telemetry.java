package io.streamforge.workers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.trace.TraceContext;
import io.streamforge.queues.QueueJson;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The messages of a worker, of the shape that real workers send. */
final class Telemetry {
  private static final double MILLIS = 1000;

  private Telemetry() {}

  /**
   * A message for the events topic.
   *
   * @param lastLoaded the time of the newest record that a loader has made
   * @param error what went wrong
   */
  static ProducerRecord<String, byte[]> message(
      Assignment assignment,
      WorkerWord word,
      long records,
      @Nullable Instant lastLoaded,
      @Nullable String error,
      Instant now) {
    ObjectNode message =
        QueueJson.MAPPER
            .createObjectNode()
            .put("event", word.status())
            .put("queue_id", assignment.queueId())
            .put("symbol", assignment.symbol())
            .put("type", assignment.type())
            .put("producer", assignment.telemetryId())
            .put("sent_at", now.toEpochMilli() / MILLIS)
            .put("status", word.status())
            .put("message", text(word, records, error))
            .put("finished", word.finished())
            .put("records_written", records)
            .put("synthetic", true);
    if (lastLoaded != null) {
      message.put("last_loaded_timestamp", lastLoaded.toString());
    }
    if (error != null) {
      message.put("error_message", error);
    }
    ProducerRecord<String, byte[]> telemetry =
        new ProducerRecord<>(
            assignment.eventsTopic(), assignment.queueId(), message.toString().getBytes(UTF_8));
    assignment
        .traceparent()
        .ifPresent(trace -> telemetry.headers().add(TraceContext.HEADER, trace.getBytes(UTF_8)));
    return telemetry;
  }

  private static String text(WorkerWord word, long records, @Nullable String error) {
    return "synthetic data: "
        + switch (word) {
          case STARTED -> "started at record " + records;
          case LOADING -> records + " records";
          case BAD_RECORD -> "bad record: " + error;
          case ERROR -> "failed: " + error;
          case INTERRUPTED -> "interrupted at record " + records;
          case FINISHED -> "finished with " + records + " records";
        };
  }
}
