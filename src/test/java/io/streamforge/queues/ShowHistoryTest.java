package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class ShowHistoryTest {
  private final RunningService service;

  ShowHistoryTest(RunningService service) {
    this.service = service;
  }

  @Test
  void every_change_is_told_with_its_cause() {
    QueueState queue = Planted.store(service, Planted.finished());
    JsonNode answer = RunningService.json(service.get("/queues/" + queue.id() + "/events"));
    assertThat(answer.path("data").path("queue_id").asText()).isEqualTo(queue.id());
    assertThat(answer.path("data").path("events"))
        .hasSameSizeAs(queue.history())
        .allMatch(event -> event.hasNonNull("at") && event.hasNonNull("channel"))
        .anyMatch(event -> event.path("to").asText().equals("finished"));
  }

  @Test
  void a_queue_that_does_not_exist_has_no_history() {
    HttpResponse<String> answer = service.get("/queues/" + UUID.randomUUID() + "/events");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).doesNotContain("events\"");
  }
}
