package io.streamforge.queues;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.queues.DeadLetterReturn.Found;
import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.camel.Exchange;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class ReturnLetterTest {
  private final RunningService service;
  private final String key = "key of " + UUID.randomUUID();

  ReturnLetterTest(RunningService service) {
    this.service = service;
  }

  @Test
  void key_value_and_headers_come_back_byte_by_byte() throws Exception {
    byte[] value = Base64.getDecoder().decode("AP8BAoA=");
    Letters.write(
        service,
        "queue.events.topic",
        key,
        value,
        Map.of("trace", "\u0000é", "origin", "elsewhere"));

    Exchange done = returned();

    assertThat(done.getException()).isNull();
    assertThat(done.getMessage().getHeaders()).isEmpty();
    List<ConsumerRecord<String, byte[]>> both = keyed("queue.events.topic");
    assertThat(both).hasSize(2);
    ConsumerRecord<String, byte[]> first = both.get(0);
    ConsumerRecord<String, byte[]> again = both.get(1);
    assertThat(again.value()).isEqualTo(value);
    assertThat(again.headers().toArray())
        .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
        .containsExactlyInAnyOrder(
            "trace=\u0000é",
            "origin=elsewhere",
            "resent-from=%s-0-%d".formatted(first.topic(), first.offset()));
  }

  @Test
  void a_tombstone_comes_back_as_one() throws Exception {
    Letters.write(service, "queue.events.topic", key, null, Map.of());
    assertThat(returned().getException()).isNull();
    assertThat(keyed("queue.events.topic")).hasSize(2).allMatch(record -> record.value() == null);
  }

  @Test
  void it_is_marked_only_after_it_was_sent() throws Exception {
    Letters.write(service, "queue.events.topic", key, new byte[] {1}, Map.of("Location", "x"));
    JsonNode letter = letter();
    try (Undo away = service.failing("mark-letter")) {
      Exchange failed = returned();
      assertThat(failed.getException()).isNotNull();
      assertThat(failed.getMessage().getHeaders()).doesNotContainKey("Location");
      assertThat(keyed("queue.events.topic")).hasSize(2);
      assertThat(found(letter).isResent()).isFalse();
    }
    assertThat(returned().getException()).isNull();
    assertThat(found(letter).mark().orElseThrow().by()).isEqualTo("anna");
  }

  private Found found(JsonNode letter) {
    return service
        .bean("deadLetterReturn", DeadLetterReturn.class)
        .find(letter.path("id").asText());
  }

  private Exchange returned() {
    Map<String, Object> variables = Map.of("letter", found(letter()).letter(), "caller", "anna");
    return service.call("return-letter", null, variables);
  }

  /** The first letter of this test. */
  private JsonNode letter() {
    return await()
        .until(
            () ->
                StreamSupport.stream(Letters.newest(service).spliterator(), false)
                    .filter(letter -> letter.path("key").asText().equals(key))
                    .reduce((newer, older) -> older),
            Optional::isPresent)
        .orElseThrow();
  }

  private List<ConsumerRecord<String, byte[]>> keyed(String topicSetting) {
    return service.records(topicSetting).stream()
        .filter(record -> key.equals(record.key()))
        .toList();
  }
}
