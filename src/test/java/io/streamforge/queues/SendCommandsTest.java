package io.streamforge.queues;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.camel.kafka.OutgoingRecord;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class SendCommandsTest {
  private final RunningService service;

  SendCommandsTest(RunningService service) {
    this.service = service;
  }

  private final String key = UUID.randomUUID().toString();

  @Test
  void commands_go_out_marked_as_ours_and_are_counted() {
    send("{\"command\":\"stop\",\"queue_id\":\"" + key + "\"}");
    assertThat(sent(service, key))
        .singleElement()
        .satisfies(
            record ->
                assertThat(new String(record.headers().lastHeader("origin").value(), UTF_8))
                    .isEqualTo(service.setting("instance")));
    assertThat(service.get("/metrics").body())
        .contains("queue_commands_total{command=\"stop\",target=\"all\"}");
  }

  @Test
  void our_own_commands_are_not_obeyed() {
    String symbol = Planted.symbol();
    String commandId = UUID.randomUUID().toString();
    send(Planted.endless(symbol).put("command", "start").toString());
    service.write(
        "queue.control.topic", "{\"command\":\"start\",\"command_id\":\"" + commandId + "\"}");
    await().until(() -> !service.updates("command_id", commandId).isEmpty());
    assertThat(Planted.listed(service, symbol)).isZero();
  }

  private void send(String command) {
    List<OutgoingRecord> commands = List.of(new OutgoingRecord(key, command));
    assertThat(service.call("send-commands", commands, Map.of()).getException()).isNull();
  }

  /** The records of the control topic with that key. */
  static List<ConsumerRecord<String, byte[]>> sent(RunningService service, String key) {
    return service.records("queue.control.topic").stream()
        .filter(record -> key.equals(record.key()))
        .toList();
  }
}
