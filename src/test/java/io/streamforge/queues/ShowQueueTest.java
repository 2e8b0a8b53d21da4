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
class ShowQueueTest {
  private final RunningService service;

  ShowQueueTest(RunningService service) {
    this.service = service;
  }

  @Test
  void a_queue_is_shown_as_it_is_stored() {
    QueueState queue = Planted.store(service, Planted.finished());
    JsonNode answer = RunningService.json(service.get("/queues/" + queue.id()));
    assertThat(answer.path("message").asText()).isEqualTo("Queue status");
    assertThat(answer.path("data").path("id").asText()).isEqualTo(queue.id());
    assertThat(answer.path("data").path("status").asText()).isEqualTo("finished");
    assertThat(answer.path("data").path("steps")).hasSize(1);
    assertThat(answer.path("data").path("records_written").asLong()).isEqualTo(5);
  }

  @Test
  void a_queue_that_does_not_exist_is_not_shown() {
    Planted.store(service, Planted.finished());
    HttpResponse<String> answer = service.get("/queues/" + UUID.randomUUID());
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(RunningService.json(answer).path("status").asText()).isEqualTo("error");
    assertThat(RunningService.json(answer).path("data")).isEmpty();
  }
}
