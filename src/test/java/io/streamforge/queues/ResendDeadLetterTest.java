package io.streamforge.queues;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.contract.ContractAnswers;
import io.streamforge.camel.kafka.Records;
import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedService.class)
class ResendDeadLetterTest {
  private static final String PATH = "/dead-letters/{letter_id}/resend";

  private final RunningService service;
  private final String value = "no telemetry " + UUID.randomUUID();

  ResendDeadLetterTest(RunningService service) {
    this.service = service;
  }

  private JsonNode letter() {
    return Letters.awaitWith(service, value);
  }

  @Test
  void a_letter_is_sent_once_however_often_it_is_asked_for_and_the_list_says_so() throws Exception {
    service.write("queue.events.topic", value);
    String id = letter().path("id").asText();

    HttpResponse<String> first = Letters.resend(service, id);
    HttpResponse<String> second = Letters.resend(service, id);

    assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
    JsonNode sent = RunningService.json(first);
    JsonNode before = RunningService.json(second);
    assertThat(sent.path("message").asText()).isEqualTo("Dead letter sent again");
    assertThat(before.path("message").asText()).contains("nothing is sent now");
    assertThat(before.path("data")).isEqualTo(sent.path("data"));
    assertThat(sent.at("/data/resent/by").asText()).isEqualTo("anonymous");
    assertThat(ContractAnswers.faults(PATH, "post", 200, sent)).isEmpty();
    assertThat(Letters.on(service, "queue.events.topic", value)).hasSize(2);
    for (JsonNode listed : Letters.newest(service)) {
      if (listed.path("id").asText().equals(id)) {
        assertThat(listed.path("resent")).isEqualTo(sent.at("/data/resent"));
      }
    }
    assertThat(service.get("/metrics").body())
        .contains("dead_letters_resent_total{topic=\"" + service.setting("queue.events.topic"));
  }

  @Test
  void one_that_fails_again_comes_back_as_a_letter_that_says_so() throws Exception {
    service.write("queue.events.topic", value);
    JsonNode first = letter();
    String place = place(first);
    Letters.resend(service, first.path("id").asText());

    JsonNode again = await().until(this::letter, one -> !one.path("id").equals(first.path("id")));
    assertThat(again.path("resent_from").asText()).isEqualTo(place);
    assertThat(again.path("resent").isNull()).isTrue();
    assertThat(place(again)).isNotEqualTo(place);

    Letters.resend(service, again.path("id").asText());
    JsonNode third = await().until(this::letter, one -> !one.path("id").equals(again.path("id")));
    assertThat(third.path("resent_from").asText()).as("where it first lay").isEqualTo(place);
  }

  private static String place(JsonNode letter) {
    JsonNode source = letter.path("source");
    return "%s-%d-%d"
        .formatted(
            source.path("topic").asText(),
            source.path("partition").asInt(),
            source.path("offset").asLong());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "queue-control.dlq-0-1",
        "{events}-0-0",
        "{events}.dlq-0-99999999",
        "{events}.dlq-7-0",
        "{events}.dlq-0-99999999999999999999",
        "__consumer_offsets-0-0",
        "..%2F..%2Fetc-0-0"
      })
  void what_is_no_letter_of_ours_is_unknown(String id) {
    HttpResponse<String> answer =
        Letters.resend(service, id.replace("{events}", service.setting("queue.events.topic")));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("No such dead letter");
    assertThat(ContractAnswers.faults(PATH, "post", 404, RunningService.json(answer))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "queue-updates", "__consumer_offsets"})
  void a_record_of_somebody_else_is_listed_and_not_sent_anywhere(String claimed) throws Exception {
    String topic = service.setting("queue.events.topic") + ".dlq";
    try (var producer = Records.producer(TestBroker.bootstrapServers())) {
      var record = new ProducerRecord<String, byte[]>(topic, value.getBytes(UTF_8));
      if (!claimed.isEmpty()) {
        record.headers().add("dlq.topic", claimed.getBytes(UTF_8));
      }
      producer.send(record).get();
    }
    JsonNode letter = letter();
    assertThat(letter.path("source").isNull()).isTrue();

    HttpResponse<String> answer = Letters.resend(service, letter.path("id").asText());

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("does not say which topic it came from");
    assertThat(Letters.on(service, "queue.events.topic", value)).isEmpty();
  }

  @Test
  void a_page_of_another_origin_cannot_send_it() throws Exception {
    service.write("queue.events.topic", value);
    String path = "/dead-letters/" + letter().path("id").asText() + "/resend";
    assertThat(service.post(path, "", "Origin", "https://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(Letters.on(service, "queue.events.topic", value)).hasSize(1);
  }

  @Test
  void the_headers_of_a_letter_do_not_reach_the_answer() throws Exception {
    Letters.write(
        service,
        "queue.events.topic",
        null,
        value.getBytes(UTF_8),
        Map.of(
            "Set-Cookie", "a=b", "Content-Type", "text/html", "Location", "https://evil.example"));
    HttpResponse<String> answer = Letters.resend(service, letter().path("id").asText());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "location");
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
  }
}
