package io.streamforge.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.kafka.Records;
import io.streamforge.camel.kafka.TestBroker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Bad and odd messages on the shared topics: each is told, buried or ignored; none is in the way.
 */
class OddMessagesTest {
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";
  private static final String PIPELINE =
      """
      {"symbol":"BTCUSDT","time_range":"2024-08-01:2024-08-01","requests":[
        {"target":"loader-producer","type":"ws_trades"},{"target":"arango-connector","type":"ws_trades"}]}
      """;

  private static RunningService service;
  private static String broker;
  private static String queue;
  private static String stoppable;

  @BeforeAll
  static void start() {
    service = RunningService.start(RunningService.PATIENT);
    broker = TestBroker.bootstrapServers();
    queue = service.startQueue(PIPELINE);
    stoppable = service.startQueue(PIPELINE);
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static Map<String, String> words(String id) {
    return Map.of(
        "queue_id", id,
        "short_id", id.substring(0, 13),
        "short", id.replace("-", "").substring(0, 12),
        "instance", service.setting("instance"));
  }

  @Test
  void an_odd_command_is_answered_buried_or_ignored_and_the_next_one_is_obeyed() throws Exception {
    String topic = service.setting("queue.control.topic");
    Map<OddMessage, RecordMetadata> sent = new LinkedHashMap<>();
    List<OddMessage> messages = OddMessage.all("commands.jsonl", words(stoppable));
    try (KafkaProducer<String, byte[]> producer = Records.producer(broker)) {
      for (OddMessage message : messages) {
        sent.put(message, message.send(producer, topic));
        producer.send(new ProducerRecord<>(topic, canary(message).getBytes(UTF_8))).get();
      }
    }
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(answers().map(answer -> answer.path("command_id").asText()))
                    .containsAll(messages.stream().map(OddMessagesTest::canaryId).toList()));

    List<JsonNode> answers = answers().toList();
    var letters = Records.read(broker, topic + ".dlq", 0);
    SoftAssertions all = new SoftAssertions();
    sent.forEach(
        (message, place) -> {
          String position = place.topic() + "-" + place.partition() + "-" + place.offset();
          List<JsonNode> mine =
              answers.stream()
                  .filter(answer -> answer.path("command_id").asText().equals(position))
                  .toList();
          checkLetter(all, message, place, letters);
          all.assertThat(mine).as(message.name()).hasSize(message.must("answer") ? 1 : 0);
          mine.forEach(answer -> checkAnswer(all, message, answer));
        });
    all.assertAll();
    assertThat(RunningService.json(service.get("/queues")).path("data"))
        .as("nothing of it was a start")
        .hasSize(2);
    assertThat(
            RunningService.json(service.get("/queues/" + stoppable + "/events")).at("/data/events"))
        .as("nothing of it was a stop, though workers may have taken some for one")
        .noneMatch(event -> event.path("channel").asText().equals("kafka"));
  }

  @Test
  void odd_telemetry_is_buried_or_read_and_the_next_message_counts() throws Exception {
    String topic = service.setting("queue.events.topic");
    Map<OddMessage, RecordMetadata> sent = new LinkedHashMap<>();
    try (KafkaProducer<String, byte[]> producer = Records.producer(broker)) {
      for (OddMessage message : OddMessage.all("telemetry.jsonl", words(queue))) {
        sent.put(message, message.send(producer, topic));
        String known = message(sent.size());
        producer.send(new ProducerRecord<>(topic, known.getBytes(UTF_8))).get();
        if (sent.size() % 20 == 0) {
          awaitRecords(sent.size());
        }
      }
    }
    awaitRecords(sent.size());

    var letters = Records.read(broker, topic + ".dlq", 0);
    SoftAssertions all = new SoftAssertions();
    sent.forEach((message, place) -> checkLetter(all, message, place, letters));
    all.assertAll();
    assertThat(service.status(queue)).isEqualTo("loading");
    assertThat(service.get("/queues/" + queue + "/events").statusCode()).isEqualTo(200);
    assertThat(service.get("/health/ready").statusCode()).isEqualTo(200);
    assertThat(service.queue(queue).toString().length())
        .as("nobody's long message makes a queue too long to handle")
        .isLessThan(100_000);
  }

  private static String canaryId(OddMessage message) {
    return "after " + message.name();
  }

  private static String canary(OddMessage message) {
    return "{\"command\":\"stop\",\"queue_id\":\"%s\",\"command_id\":\"%s\"}"
        .formatted(NOBODY, canaryId(message));
  }

  private static String message(int records) {
    return "{\"queue_id\":\"%s\",\"producer\":\"loader-producer__%s-1\",\"status\":\"loading\",\"records_written\":%d}"
        .formatted(queue, words(queue).get("short"), 1_000_000 + records);
  }

  private static void awaitRecords(int records) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> service.queue(queue).path("steps").get(0).path("records_written").asLong(),
            written -> written == 1_000_000 + records);
  }

  private static void checkLetter(
      SoftAssertions all,
      OddMessage message,
      RecordMetadata place,
      List<ConsumerRecord<String, byte[]>> letters) {
    Optional<ConsumerRecord<String, byte[]>> letter =
        letters.stream()
            .filter(each -> header(each, "dlq.offset").equals(Long.toString(place.offset())))
            .findFirst();
    all.assertThat(letter.isPresent()).as(message.name()).isEqualTo(message.must("dead letter"));
    letter.ifPresent(
        each -> {
          all.assertThat(each.key()).as(message.name()).isEqualTo(message.name());
          all.assertThat(each.value()).as(message.name()).isEqualTo(message.value());
          all.assertThat(header(each, "dlq.topic")).isEqualTo(place.topic());
          all.assertThat(header(each, "dlq.partition")).isEqualTo("0");
          all.assertThat(header(each, "dlq.error")).as(message.name()).isNotBlank();
          all.assertThat(header(each, "dlq.error").length()).as(message.name()).isLessThan(1000);
          all.assertThat(header(each, "dlq.attempts")).isEqualTo("1");
        });
  }

  private static String header(ConsumerRecord<String, byte[]> letter, String name) {
    var header = letter.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  private static void checkAnswer(SoftAssertions all, OddMessage message, JsonNode answer) {
    all.assertThat(answer.path("status").asText()).as(message.name()).isEqualTo("error");
    all.assertThat(answer.path("message").asText()).as(message.name()).isNotBlank();
    all.assertThat(answer.at("/data/errors").findValuesAsText("field"))
        .as(message.name())
        .containsExactlyInAnyOrderElementsOf(message.fields());
  }

  private static Stream<JsonNode> answers() {
    return Records.values(broker, service.setting("queue.updates.topic")).stream()
        .map(RunningService::json)
        .filter(update -> update.path("kind").asText().equals("answer"));
  }
}
