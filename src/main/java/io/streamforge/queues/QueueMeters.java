package io.streamforge.queues;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.streamforge.camel.kafka.OutgoingRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The meters of queues; the names are part of the contract. */
public final class QueueMeters {
  private final Supplier<MeterRegistry> registry;
  private final Catalogue catalogue;
  private final Supplier<Long> telemetryLag;
  private final Map<Status, Long> queues = new ConcurrentHashMap<>();
  private @Nullable MeterRegistry gauged;

  /** Meters in the registry of the moment: a reload of routes makes a new one. */
  public QueueMeters(
      Supplier<MeterRegistry> registry, Catalogue catalogue, Supplier<Long> telemetryLag) {
    this.registry = registry;
    this.catalogue = catalogue;
    this.telemetryLag = telemetryLag;
  }

  /** Counts the telemetry of a poll. */
  public void heard(TelemetryBatch batch) {
    Map<List<String>, Integer> counts = new HashMap<>();
    for (TelemetryMessage message : batch.heard()) {
      String status =
          message.word() == null ? "none" : message.word().name().toLowerCase(Locale.ROOT);
      counts.merge(List.of(status, producer(message)), 1, Integer::sum);
    }
    counts.forEach(
        (labels, count) ->
            Counter.builder("telemetry.events")
                .description("Total telemetry events received")
                .tags("status", labels.get(0), "producer", labels.get(1))
                .register(registry.get())
                .increment(count));
    Counter.builder("telemetry.unattributed")
        .description("Total telemetry events that belong to no step of a queue")
        .register(registry.get())
        .increment(batch.strays());
  }

  /** The target, if it is one of ours: what workers make up must not make up series. */
  private String producer(TelemetryMessage message) {
    String source = message.source();
    if (source == null) {
      return "unknown";
    }
    int end = source.lastIndexOf("__");
    String target = end < 0 ? source : source.substring(0, end);
    return catalogue.target(target).isPresent() ? target : "other";
  }

  /** Counts commands that are sent. */
  public void commands(List<OutgoingRecord> commands) throws JsonProcessingException {
    for (OutgoingRecord command : commands) {
      JsonNode message = QueueJson.MAPPER.readTree(command.value());
      String target = message.path("target").asText("all");
      String word = message.path("command").asText();
      Counter.builder("queue.commands")
          .description("Total number of queue control commands sent")
          .tags("command", word, "target", target)
          .register(registry.get())
          .increment();
    }
  }

  /** Takes note of how many queues are in which status. */
  public synchronized void queues(Map<String, Long> counts) {
    MeterRegistry current = registry.get();
    for (Status status : Status.values()) {
      queues.put(status, counts.getOrDefault(status.word(), 0L));
      if (gauged != current) {
        Gauge.builder("queues", () -> queues.getOrDefault(status, 0L))
            .tag("status", status.word())
            .description("Queues by status")
            .register(current);
      }
    }
    if (gauged != current) {
      Gauge.builder("telemetry.lag", telemetryLag::get)
          .description("Telemetry messages that are not stored yet")
          .register(current);
    }
    gauged = current;
  }
}
