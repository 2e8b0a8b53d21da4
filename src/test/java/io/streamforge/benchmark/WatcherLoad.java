package io.streamforge.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.service.RunningService;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Updates for many WebSocket clients: records of queue-updates, or texts given to bare Vert.x. */
final class WatcherLoad {
  private static final int CHUNK = 200;

  private final RunningService service;
  private final int clients;
  private final int updates;
  private final String queue = UUID.randomUUID().toString();
  private long version;

  WatcherLoad(RunningService service, int clients, int updates) {
    this.service = service;
    this.clients = clients;
    this.updates = updates;
  }

  Measured baseline() throws Exception {
    try (BareSockets server = new BareSockets();
        FrameCounter counter = FrameCounter.connect(server.port(), "/", clients)) {
      while (server.clients() < clients) {
        Thread.onSpinWait();
      }
      List<String> chunk =
          IntStream.range(0, CHUNK)
              .mapToObj(i -> "📡 Queue %s → loading (%d records)".formatted(queue, 100_000 + i))
              .toList();
      Measured.Watch watch = Measured.watch();
      for (int sent = CHUNK; sent <= updates; sent += CHUNK) {
        server.send(chunk);
        counter.await((long) clients * Math.max(0, sent - 2 * CHUNK));
      }
      counter.await((long) clients * updates);
      return watch.stop((long) clients * updates);
    }
  }

  Measured service() throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", TestBroker.bootstrapServers());
    try (FrameCounter counter =
            FrameCounter.connect(service.application().port(), "/ws/topic", clients);
        KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      counter.await(clients);
      Measured.Watch watch = Measured.watch();
      for (int i = 0; i < updates; i++) {
        producer.send(
            new ProducerRecord<>(
                service.setting("queue.updates.topic"), queue, update().getBytes(UTF_8)));
      }
      counter.await(clients + (long) clients * updates);
      return watch.stop((long) clients * updates);
    }
  }

  private String update() {
    version++;
    return ("{\"kind\":\"progress\",\"queue_id\":\"%s\",\"version\":%d,\"status\":\"loading\","
            + "\"step\":null,\"records_written\":%d,\"at\":\"2026-01-01T00:00:00Z\","
            + "\"message\":\"%d records\"}")
        .formatted(queue, version, 100_000 + version, 100_000 + version);
  }
}
