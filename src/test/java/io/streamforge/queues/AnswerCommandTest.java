package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import io.streamforge.service.Watcher;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class AnswerCommandTest {
  private final RunningService service;

  AnswerCommandTest(RunningService service) {
    this.service = service;
  }

  private final String commandId = UUID.randomUUID().toString();
  private final String queueId = UUID.randomUUID().toString();

  @Test
  void whoever_sent_the_command_is_told_what_came_of_it() {
    answer();
    JsonNode told = service.updates("command_id", commandId).get(0);
    assertThat(told.path("kind").asText()).isEqualTo("answer");
    assertThat(told.path("status").asText()).isEqualTo("success");
    assertThat(told.path("message").asText()).isEqualTo("Queue started");
    assertThat(told.path("data").path("queue_id").asText()).isEqualTo(queueId);
  }

  @Test
  void those_who_watch_are_not_told() {
    QueueState queue = Planted.finished();
    try (Watcher watcher = Watcher.connect(service, "")) {
      await().until(() -> !watcher.texts().isEmpty());
      answer();
      service.call("announce-updates", List.of(queue), Map.of());
      await().until(() -> watcher.texts().stream().anyMatch(text -> text.contains(queue.id())));
      assertThat(watcher.texts()).noneMatch(text -> text.contains(queueId));
    }
  }

  private void answer() {
    CommandMessage command =
        Commands.read("{\"command\":\"start\",\"command_id\":\"" + commandId + "\"}");
    Map<String, Object> variables = Map.of("command", command, "outcome", "Queue started");
    assertThat(service.call("answer-command", queueId, variables).getException()).isNull();
  }
}
