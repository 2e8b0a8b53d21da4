package io.streamforge.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.service.RunningService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Telemetry of running pipelines, written in blocks while nobody reads: a bare consumer reads a
 * block, then the service does, until a WebSocket client has seen the last state of each queue.
 */
final class TelemetryLoad {
  private final RunningService service;
  private final TopicPartition topic;
  private final List<String> queues;
  private final int messages;
  private final int poll;
  private long counter = 1_000_000;
  private long blockStart;

  TelemetryLoad(RunningService service, List<String> queues, int messages) {
    this.service = service;
    this.topic = new TopicPartition(service.setting("queue.events.topic"), 0);
    this.queues = queues;
    this.messages = messages;
    this.poll = Integer.parseInt(service.setting("kafka.max.poll.records"));
  }

  /** Writes the next block and lets the bare consumer parse it. */
  Measured baseline() throws Exception {
    service.application().camel().getRouteController().stopRoute("hear-telemetry");
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      blockStart = consumer.endOffsets(List.of(topic)).getOrDefault(topic, 0L);
      write();
      consumer.assign(List.of(topic));
      consumer.seek(topic, blockStart);
      ObjectMapper json = new ObjectMapper();
      int read = 0;
      Measured.Watch watch = Measured.watch();
      int skipped = 0;
      while (read < messages) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          json.readTree(record.value());
          read++;
        }
        if (skipped == 0 && read > 0) {
          skipped = read;
          watch = Measured.watch();
        }
      }
      return watch.stop(messages - skipped);
    }
  }

  private static KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", TestBroker.bootstrapServers()),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private void write() {
    Map<String, Object> settings = Map.of("bootstrap.servers", TestBroker.bootstrapServers());
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < messages; i++) {
        String queue = queues.get(i % queues.size());
        int step = 1 + i / queues.size() % 7;
        producer.send(new ProducerRecord<>(topic.topic(), queue, message(queue, step)));
      }
    }
  }

  private byte[] message(String queue, int step) {
    String digits = queue.substring(0, 8) + queue.substring(9, 13);
    return ("{\"queue_id\":\"%s\",\"telemetry_id\":\"worker__%s-%d\",\"status\":\"loading\","
            + "\"records_written\":%d,\"message\":\"wrote a batch\",\"timestamp\":%d.25}")
        .formatted(queue, digits, step, ++counter, System.currentTimeMillis() / 1000)
        .getBytes(UTF_8);
  }

  /** What each queue's loaders, steps 1 and 2, have reported when the block is read. */
  private Set<String> lastTexts() {
    Map<String, Map<Integer, Long>> reported = new HashMap<>();
    long first = counter - messages + 1;
    for (int i = 0; i < messages; i++) {
      String queue = queues.get(i % queues.size());
      int step = 1 + i / queues.size() % 7;
      reported.computeIfAbsent(queue, unseen -> new HashMap<>()).put(step, first + i);
    }
    Set<String> texts = ConcurrentHashMap.newKeySet();
    reported.forEach(
        (queue, steps) -> {
          long sum = steps.getOrDefault(1, 0L) + steps.getOrDefault(2, 0L);
          texts.add("📡 Queue %s → loading (%d records)".formatted(queue, sum));
        });
    return texts;
  }

  /** Lets the service read the same block. */
  Measured service() throws Exception {
    Set<String> missing = lastTexts();
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch last = new CountDownLatch(1);
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://127.0.0.1:" + service.application().port() + "/ws/topic"),
                new Listener(missing, first, last))
            .join();
    try {
      service.application().camel().getRouteController().startRoute("hear-telemetry");
      first.await();
      Measured.Watch watch = Measured.watch();
      if (!last.await(2, TimeUnit.MINUTES)) {
        throw new IllegalStateException("nobody was told: " + missing);
      }
      return watch.stop(messages - poll);
    } finally {
      socket.abort();
    }
  }

  private static final class Listener implements WebSocket.Listener {
    private final StringBuilder part = new StringBuilder();
    private final Set<String> missing;
    private final CountDownLatch first;
    private final CountDownLatch last;

    Listener(Set<String> missing, CountDownLatch first, CountDownLatch last) {
      this.missing = missing;
      this.first = first;
      this.last = last;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean whole) {
      part.append(text);
      if (whole) {
        told(part.toString());
        part.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void told(String text) {
      if (text.startsWith("📡")) {
        first.countDown();
        missing.remove(text);
      }
      if (missing.isEmpty()) {
        last.countDown();
      }
    }
  }

  /** How many messages the store has counted for these queues. */
  long counted() {
    return queues.stream()
        .mapToLong(id -> service.queue(id).path("telemetry_messages").asLong())
        .sum();
  }
}
