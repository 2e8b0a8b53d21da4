package io.streamforge.queues;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.kafka.Records;
import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.service.RunningService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Dead letters of a running service, as a client sees them. */
final class Letters {
  private Letters() {}

  /** The newest ones. */
  static JsonNode newest(RunningService service) {
    HttpResponse<String> answer = service.get("/dead-letters?limit=100");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return RunningService.json(answer).path("data");
  }

  /** The newest one whose value holds a text, once it is listed. */
  static JsonNode awaitWith(RunningService service, String text) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> with(service, text), Optional::isPresent)
        .orElseThrow();
  }

  static Optional<JsonNode> with(RunningService service, String text) {
    return StreamSupport.stream(newest(service).spliterator(), false)
        .filter(letter -> letter.path("value").asText().contains(text))
        .findFirst();
  }

  /** Writes a record to the topic that a setting names, and tells where it lies. */
  @SuppressWarnings("NullAway") // Kafka's null stands for no key, and for a tombstone.
  static RecordMetadata write(
      RunningService service,
      String topicSetting,
      @Nullable String key,
      byte @Nullable [] value,
      Map<String, String> headers)
      throws Exception {
    try (KafkaProducer<String, byte[]> producer = Records.producer(TestBroker.bootstrapServers())) {
      var record = new ProducerRecord<>(service.setting(topicSetting), key, value);
      headers.forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
      return producer.send(record).get();
    }
  }

  /** The records of that value on the topic that a setting names. */
  static List<ConsumerRecord<String, byte[]>> on(
      RunningService service, String topicSetting, String value) {
    return service.records(topicSetting).stream()
        .filter(record -> record.value() != null)
        .filter(record -> new String(record.value(), UTF_8).equals(value))
        .toList();
  }

  static HttpResponse<String> resend(RunningService service, String id) {
    return service.post("/dead-letters/" + id + "/resend", "");
  }
}
