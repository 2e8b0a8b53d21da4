package io.streamforge.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends what workers would, each message with a mark of its own, however often the broker dies. */
final class TelemetrySender {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int IN_CONTROL_TOPIC = 10;
  private static final int PATIENCE_MS = 600_000;

  private final AtomicInteger acknowledged = new AtomicInteger();
  private final CompletableFuture<Void> done;

  /** Begins to send {@code count} messages, spread at random over the steps of these queues. */
  TelemetrySender(String bootstrapServers, List<String> queueIds, int count, Random random) {
    done = CompletableFuture.runAsync(() -> send(bootstrapServers, queueIds, count, random));
  }

  private void send(String bootstrapServers, List<String> queueIds, int count, Random random) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            bootstrapServers,
            "acks",
            "all",
            "enable.idempotence",
            "true",
            "delivery.timeout.ms",
            PATIENCE_MS,
            "request.timeout.ms",
            2000,
            "max.block.ms",
            PATIENCE_MS,
            "reconnect.backoff.max.ms",
            500,
            "batch.size",
            4096);
    CompletableFuture<Void> failed = new CompletableFuture<>();
    try (var producer =
        new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
      for (int mark = 0; mark < count && !failed.isCompletedExceptionally(); mark++) {
        producer.send(
            message(queueIds.get(random.nextInt(queueIds.size())), mark, random),
            (metadata, failure) -> {
              if (failure == null) {
                acknowledged.incrementAndGet();
              } else {
                failed.completeExceptionally(failure);
              }
            });
      }
    }
    failed.complete(null);
    failed.join();
  }

  private static ProducerRecord<String, byte[]> message(String queueId, int mark, Random random) {
    boolean control = random.nextInt(IN_CONTROL_TOPIC) == 0;
    String shortId = queueId.replace("-", "").substring(0, 12);
    ObjectNode message =
        JSON.createObjectNode()
            .put("type", control ? "telemetry" : "ws")
            .put("queue_id", queueId)
            .put("producer", "loader-producer__" + shortId + "-1")
            .put("status", "loading")
            .put("records_written", 1_000_000L + random.nextInt(mark + 1))
            .put("timestamp", System.currentTimeMillis() / 1000.0)
            .put("mark", mark);
    return new ProducerRecord<>(
        control ? "queue-control" : "queue-events", queueId, message.toString().getBytes(UTF_8));
  }

  /** How many messages the broker has. */
  int acknowledged() {
    return acknowledged.get();
  }

  /** Waits until the broker has them all. */
  void join() {
    done.join();
  }
}
