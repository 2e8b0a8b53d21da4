package io.streamforge.queues;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.kafka.Records;
import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.queues.DeadLetterReturn.Found;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class MarkLetterTest {
  private static final Instant AT = Instant.parse("2026-03-01T12:00:00Z");

  private final RunningService service;
  private final String value = "no telemetry " + UUID.randomUUID();

  MarkLetterTest(RunningService service) {
    this.service = service;
  }

  private Found found() {
    JsonNode letter = Letters.awaitWith(service, value);
    return service
        .bean("deadLetterReturn", DeadLetterReturn.class)
        .find(letter.path("id").asText());
  }

  @Test
  void a_mark_is_kept_in_a_topic_of_its_own_and_the_letter_is_not_touched() {
    service.write("queue.events.topic", value);
    Found before = found();
    LetterMark mark = new LetterMark(before.letter().at(), AT, "anna");

    mark(before, mark);

    assertThat(found().mark()).contains(mark);
    assertThat(found().letter().id()).isEqualTo(before.letter().id());
    String topic = service.setting("queue.events.topic") + ".dlq.resent";
    assertThat(Records.read(TestBroker.bootstrapServers(), topic, 0))
        .filteredOn(record -> record.key().equals(before.letter().id()))
        .singleElement()
        .extracting(record -> new String(record.value(), UTF_8))
        .isEqualTo(mark.text());
  }

  @Test
  void the_first_mark_counts() {
    service.write("queue.events.topic", value);
    Found before = found();
    mark(before, new LetterMark(before.letter().at(), AT, "anna"));
    mark(before, new LetterMark(before.letter().at(), AT.plusSeconds(1), "bob"));
    assertThat(found().mark().map(LetterMark::by)).contains("anna");
  }

  @Test
  void a_mark_on_a_letter_of_a_topic_that_was_made_anew_is_none() {
    service.write("queue.events.topic", value);
    Found before = found();
    mark(before, new LetterMark(before.letter().at().minusSeconds(1), AT, "anna"));
    assertThat(found().mark()).isEmpty();
    mark(before, new LetterMark(before.letter().at(), AT, "bob"));
    assertThat(found().mark().map(LetterMark::by)).contains("bob");
    assertThat(LetterMark.read("rubbish".getBytes(UTF_8))).isEqualTo(Optional.empty());
    assertThat(LetterMark.read("{}".getBytes(UTF_8))).isEqualTo(Optional.empty());
  }

  private void mark(Found found, LetterMark mark) {
    var variables = Map.<String, Object>of("letter", found.letter(), "letter_mark", mark);
    assertThat(service.call("mark-letter", null, variables).getException()).isNull();
  }
}
