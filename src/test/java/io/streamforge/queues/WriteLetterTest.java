package io.streamforge.queues;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.kafka.DeadLetter;
import io.streamforge.camel.kafka.Records;
import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class WriteLetterTest {
  private final RunningService service;
  private final String value = "no command " + UUID.randomUUID();

  WriteLetterTest(RunningService service) {
    this.service = service;
  }

  @Test
  void a_letter_lies_in_the_topic_that_it_is_addressed_to() throws Exception {
    Exchange done = write(value);
    assertThat(done.getException()).isNull();
    assertThat(letters()).contains(value);
  }

  @Test
  void the_largest_message_that_kafka_takes_by_itself_is_written_whole() throws Exception {
    String large = value + "x".repeat(1_048_500 - value.length());
    assertThat(write(large).getException()).isNull();
    assertThat(letters()).contains(large);
  }

  @Test
  void what_is_too_large_for_the_topic_fails_as_that() throws Exception {
    Exchange done = write(value + "x".repeat(1_200_000));
    assertThat(done.getException()).isInstanceOf(RecordTooLargeException.class);
    assertThat(letters()).noneMatch(text -> text.length() > 1_200_000);
  }

  private Exchange write(String text) throws Exception {
    String topic = service.setting("queue.control.topic");
    DeadLetter letter = new DeadLetter(Commands.record(topic, text), "not JSON", 1);
    Exchange addressed = service.application().camel().getEndpoint("direct:x").createExchange();
    addressed.getMessage().setBody(letter);
    DeadLetter.address(addressed);
    try (var template = service.application().camel().createProducerTemplate()) {
      return template.send(
          "direct:write-letter",
          exchange -> {
            exchange.getMessage().setHeaders(addressed.getMessage().getHeaders());
            exchange.getMessage().setBody(text.getBytes(UTF_8));
          });
    }
  }

  private List<String> letters() {
    String topic = service.setting("queue.control.topic") + ".dlq";
    return Records.values(TestBroker.bootstrapServers(), topic);
  }
}
