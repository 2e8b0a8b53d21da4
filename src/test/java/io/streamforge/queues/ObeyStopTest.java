package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class ObeyStopTest {
  private final RunningService service;

  ObeyStopTest(RunningService service) {
    this.service = service;
  }

  private final String commandId = UUID.randomUUID().toString();

  @Test
  void the_queue_is_asked_to_stop_and_the_command_answered() {
    QueueState queue = Planted.store(service, Planted.pending());
    assertThat(obey(queue.id()).getException()).isNull();
    JsonNode answer = service.updates("command_id", commandId).get(0);
    assertThat(answer.path("message").asText()).isEqualTo("Queue stopped");
    assertThat(answer.path("queue_id").asText()).isEqualTo(queue.id());
    await().until(() -> service.status(queue.id()).equals("stopped"));
    assertThat(Planted.load(service, queue).history())
        .anyMatch(entry -> entry.channel().equals("kafka"));
  }

  @Test
  void a_queue_that_does_not_exist_is_left_to_the_caller() {
    assertThat(obey(UUID.randomUUID().toString()).getException())
        .hasStackTraceContaining("There is no such queue");
    assertThat(service.updates("command_id", commandId)).isEmpty();
  }

  private Exchange obey(String queueId) {
    String stop =
        "{\"command\":\"stop\",\"command_id\":\"%s\",\"queue_id\":\"%s\"}"
            .formatted(commandId, queueId);
    CommandMessage command = Commands.read(stop);
    return service.call("obey-stop", command, Map.of("command", command));
  }
}
