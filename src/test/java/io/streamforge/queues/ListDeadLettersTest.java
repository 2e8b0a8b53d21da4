package io.streamforge.queues;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.contract.ContractAnswers;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedService.class)
class ListDeadLettersTest {
  private final RunningService service;
  private final String mark = UUID.randomUUID().toString();

  ListDeadLettersTest(RunningService service) {
    this.service = service;
  }

  @Test
  void a_message_that_cannot_be_processed_is_listed_with_what_is_wrong_with_it() throws Exception {
    String value = "hello " + mark;
    RecordMetadata place =
        Letters.write(service, "queue.control.topic", "a key", value.getBytes(UTF_8), Map.of());

    JsonNode letter = Letters.awaitWith(service, mark);

    assertThat(letter.path("topic").asText()).isEqualTo(place.topic() + ".dlq");
    assertThat(letter.path("id").asText())
        .isEqualTo(place.topic() + ".dlq-0-" + letter.path("offset").asLong());
    assertThat(Instant.parse(letter.path("at").asText()))
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    assertThat(letter.path("source").toString())
        .isEqualTo(
            "{\"topic\":\"%s\",\"partition\":0,\"offset\":%d}"
                .formatted(place.topic(), place.offset()));
    assertThat(letter.path("error").asText()).startsWith("not a command: ");
    assertThat(letter.path("attempts").asInt()).isPositive();
    assertThat(letter.path("key").asText()).isEqualTo("a key");
    assertThat(letter.path("value").asText()).isEqualTo(value);
    assertThat(letter.path("value_bytes").asInt()).isEqualTo(value.length());
    assertThat(letter.path("value_cut").asBoolean(true)).isFalse();
    assertThat(letter.path("resent").isNull()).isTrue();
    assertThat(letter.path("resent_from").isNull()).isTrue();
    JsonNode page = RunningService.json(service.get("/dead-letters"));
    assertThat(ContractAnswers.faults("/dead-letters", "get", 200, page)).isEmpty();
  }

  @Test
  void what_it_holds_is_masked_escaped_and_cut() throws Exception {
    String hostile = mark + " password=hunter2 <script>alert(1)</script> \u001b[31m\u0000 ";
    String long10k = hostile + "x".repeat(10_000) + " Bearer sesame";
    service.write("queue.events.topic", long10k);

    JsonNode letter = Letters.awaitWith(service, mark);

    assertThat(letter.path("value").asText())
        .hasSize(LetterView.LONGEST_VALUE)
        .startsWith(mark + " password=*** <script>alert(1)</script> \\u001b[31m\\u0000 xxx");
    assertThat(letter.path("value_cut").asBoolean()).isTrue();
    assertThat(letter.path("value_bytes").asInt()).isEqualTo(long10k.length());
    assertThat(letter.toString()).doesNotContain("hunter2", "sesame");
  }

  @Test
  void bytes_that_are_no_text_and_tombstones_are_listed() throws Exception {
    byte[] bytes = {(byte) 0xff, 0, 1, (byte) 0xc3};
    Letters.write(service, "queue.events.topic", mark, bytes, Map.of());
    Letters.write(service, "queue.events.topic", mark + " none", null, Map.of());
    service.write("queue.events.topic", "then " + mark);
    Letters.awaitWith(service, "then " + mark);

    JsonNode odd = keyed(mark);
    assertThat(odd.path("value").asText()).isEqualTo("\ufffd\\u0000\\u0001\ufffd");
    assertThat(odd.path("value_bytes").asInt()).isEqualTo(4);
    JsonNode none = keyed(mark + " none");
    assertThat(none.path("value").isNull()).isTrue();
    assertThat(none.path("value_bytes").isNull()).isTrue();
  }

  private JsonNode keyed(String key) {
    for (JsonNode letter : Letters.newest(service)) {
      if (letter.path("key").asText().equals(key)) {
        return letter;
      }
    }
    throw new AssertionError("no letter has the key " + key);
  }

  @Test
  void pages_go_on_where_the_one_before_ended_whatever_comes_meanwhile() {
    List<String> values = List.of("1 of " + mark, "2 of " + mark, "3 of " + mark);
    service.write("queue.events.topic", values.toArray(String[]::new));
    Letters.awaitWith(service, "3 of " + mark);
    String topic = service.setting("queue.events.topic") + ".dlq";

    List<String> seen = new ArrayList<>();
    String path = "/dead-letters?topic=" + topic + "&limit=1";
    while (seen.size() < 60 && !seen.contains("1 of " + mark)) {
      HttpResponse<String> answer = service.get(path);
      JsonNode page = RunningService.json(answer);
      page.path("data").forEach(letter -> seen.add(letter.path("value").asText()));
      path = answer.headers().firstValue("Link").orElseThrow().replaceAll("<(.*)>.*", "$1");
      assertThat(path).contains("limit=1", "cursor=" + page.at("/page/next").asText());
      service.write("queue.events.topic", "meanwhile");
    }
    assertThat(seen)
        .filteredOn(value -> value.contains(mark))
        .containsExactly("3 of " + mark, "2 of " + mark, "1 of " + mark);
  }

  @Test
  void the_last_page_names_no_next_one() {
    String topic = service.setting("queue.control.topic") + ".dlq";
    String cursor = "";
    JsonNode page;
    int pages = 0;
    do {
      page = RunningService.json(service.get("/dead-letters?limit=100&topic=" + topic + cursor));
      cursor = "&cursor=" + page.at("/page/next").asText();
    } while (!page.at("/page/next").isNull() && pages++ < 100);
    assertThat(page.at("/page/next").isNull()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "topic=queue-control",
        "topic=__consumer_offsets",
        "limit=0",
        "limit=101",
        "cursor=rubbish",
        "cursor=MjAyNi0wMS0wMVQwMDowMDowMFogOS05LTk",
        "colour=red"
      })
  void a_wrong_query_is_told_its_fault(String query) {
    HttpResponse<String> answer = service.get("/dead-letters?" + query);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(RunningService.json(answer).at("/data/errors").findValuesAsText("field"))
        .containsExactly(query.substring(0, query.indexOf('=')));
  }
}
