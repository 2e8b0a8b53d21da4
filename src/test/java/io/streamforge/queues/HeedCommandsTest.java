package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class HeedCommandsTest {
  private final RunningService service;

  HeedCommandsTest(RunningService service) {
    this.service = service;
  }

  private final String symbol = Planted.symbol();
  private final String commandId = UUID.randomUUID().toString();

  @Test
  void a_start_and_a_stop_over_kafka_are_obeyed_and_answered() {
    service.write("queue.control.topic", start("").toString());
    await().until(() -> !service.updates("command_id", commandId).isEmpty());
    JsonNode answer = service.updates("command_id", commandId).get(0);
    assertThat(answer.path("status").asText()).as(answer.toString()).isEqualTo("success");
    String id = answer.path("queue_id").asText();
    assertThat(service.queue(id).path("symbol").asText()).isEqualTo(symbol);

    service.write("queue.control.topic", "{\"command\":\"stop\",\"queue_id\":\"" + id + "\"}");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> service.status(id).matches("stopping|stopped"));
  }

  @Test
  void a_command_with_faults_is_answered_with_all_of_them() {
    service.write("queue.control.topic", start("").put("type", "x").put("color", "red").toString());
    await().until(() -> !service.updates("command_id", commandId).isEmpty());
    JsonNode answer = service.updates("command_id", commandId).get(0);
    assertThat(answer.path("status").asText()).isEqualTo("error");
    assertThat(answer.path("data").path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("type", "color");
    assertThat(Planted.listed(service, symbol)).isZero();
  }

  @Test
  void a_command_for_another_installation_is_left_to_it() {
    String next = UUID.randomUUID().toString();
    service.write(
        "queue.control.topic",
        start("another").toString(),
        "{\"command\":\"start\",\"command_id\":\"" + next + "\"}");
    await().until(() -> !service.updates("command_id", next).isEmpty());
    assertThat(service.updates("command_id", commandId)).isEmpty();
    assertThat(Planted.listed(service, symbol)).isZero();
  }

  private ObjectNode start(String instance) {
    ObjectNode start = Planted.endless(symbol).put("command", "start").put("command_id", commandId);
    return instance.isEmpty() ? start : start.put("instance", instance);
  }
}
