package io.streamforge.queues;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.kafka.KafkaRecord;
import io.streamforge.camel.kafka.Records;
import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class ObeyCommandTest {
  private final RunningService service;

  ObeyCommandTest(RunningService service) {
    this.service = service;
  }

  private final String symbol = Planted.symbol();
  private final String commandId = UUID.randomUUID().toString();

  @Test
  void a_start_is_obeyed_once_however_often_it_is_read() {
    ObjectNode start = Planted.endless(symbol).put("command", "start").put("command_id", commandId);
    obey(start.toString());
    obey(start.toString());
    List<JsonNode> answers = service.updates("command_id", commandId);
    assertThat(answers)
        .hasSize(2)
        .allMatch(answer -> answer.path("status").asText().equals("success"));
    assertThat(answers.get(0).path("queue_id")).isEqualTo(answers.get(1).path("queue_id"));
    assertThat(Planted.listed(service, symbol)).isOne();
    service.post("/queues/stop?queue_id=" + answers.get(0).path("queue_id").asText(), "");
  }

  @Test
  void a_start_without_an_id_that_is_sent_again_starts_no_second_queue() {
    String start = Planted.endless(symbol).put("command", "start").toString();
    String topic = service.setting("queue.control.topic");
    String place = topic + "-0-" + ThreadLocalRandom.current().nextLong(1L << 40, 1L << 50);
    obey(start, Map.of("resent-from", place));
    obey(start, Map.of("resent-from", place));
    List<JsonNode> answers = service.updates("command_id", place);
    assertThat(answers).hasSize(2);
    assertThat(answers.get(0).path("queue_id")).isEqualTo(answers.get(1).path("queue_id"));
    assertThat(Planted.listed(service, symbol)).isOne();
    service.post("/queues/stop?queue_id=" + answers.get(0).path("queue_id").asText(), "");
  }

  @Test
  void a_place_that_is_none_is_not_believed() {
    String topic = service.setting("queue.control.topic");
    Map<String, Object> headers = Map.of("resent-from", "no place".getBytes(UTF_8));
    String stop = "{\"command\":\"stop\",\"queue_id\":\"x\"}";
    KafkaRecord record =
        new KafkaRecord(new TopicPartition(topic, 0), 7, stop.getBytes(UTF_8), headers, 1);
    assertThat(CommandMessage.read(record, "streamforge").id()).isEqualTo(topic + "-0-7");
  }

  @Test
  void what_cannot_be_obeyed_is_answered_and_starts_nothing() {
    obey(
        Planted.endless(symbol)
            .put("command", "start")
            .put("command_id", commandId)
            .put("type", "x")
            .toString());
    assertThat(service.updates("command_id", commandId))
        .singleElement()
        .matches(answer -> answer.path("status").asText().equals("error"));
    assertThat(Planted.listed(service, symbol)).isZero();
  }

  @Test
  void what_nobody_can_read_is_buried() {
    String unreadable = "no command " + commandId;
    obey(unreadable);
    String topic = service.setting("queue.control.topic") + ".dlq";
    assertThat(Records.values(TestBroker.bootstrapServers(), topic)).contains(unreadable);
  }

  private void obey(String value) {
    obey(value, Map.of());
  }

  private void obey(String value, Map<String, String> headers) {
    String topic = service.setting("queue.control.topic");
    Map<String, Object> bytes = new HashMap<>();
    headers.forEach((name, text) -> bytes.put(name, text.getBytes(UTF_8)));
    KafkaRecord record =
        new KafkaRecord(new TopicPartition(topic, 0), 7, value.getBytes(UTF_8), bytes, 1);
    CommandMessage command = CommandMessage.read(record, service.setting("instance"));
    assertThat(service.call("obey-command", command, Map.of()).getException()).isNull();
  }
}
