package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.kafka.Records;
import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
    String topic = service.setting("queue.control.topic");
    CommandMessage command =
        CommandMessage.read(Commands.record(topic, value), service.setting("instance"));
    assertThat(service.call("obey-command", command, Map.of()).getException()).isNull();
  }
}
