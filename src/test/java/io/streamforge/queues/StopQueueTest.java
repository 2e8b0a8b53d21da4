package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class StopQueueTest {
  private final RunningService service;

  StopQueueTest(RunningService service) {
    this.service = service;
  }

  @Test
  void a_queue_is_stopped_and_repeating_it_is_fine() {
    String id = service.startQueue(Planted.endless(Planted.symbol()).toString());
    JsonNode stopped = stop("?wait=20&queue_id=" + id, "");
    assertThat(stopped.path("message").asText()).isEqualTo("Queue stopped");
    assertThat(stopped.path("data").path("queue_id").asText()).isEqualTo(id);
    assertThat(stopped.path("data").path("state").asText()).isEqualTo("stopped");
    assertThat(stop("", "{\"queue_id\":\"" + id + "\"}")).isEqualTo(stopped);
  }

  @Test
  void without_wait_the_answer_comes_before_the_end() {
    String id = service.startQueue(Planted.endless(Planted.symbol()).toString());
    assertThat(stop("?queue_id=" + id, "").path("data").path("state").asText())
        .isEqualTo("stopping");
    await().until(() -> service.status(id).equals("stopped"));
  }

  @Test
  void an_ended_queue_stays_as_it_is() {
    QueueState queue = Planted.store(service, Planted.finished());
    JsonNode answer = stop("?queue_id=" + queue.id(), "");
    assertThat(answer.path("message").asText()).isEqualTo("Queue already finished");
    assertThat(answer.path("data").path("state").asText()).isEqualTo("finished");
    assertThat(Planted.load(service, queue)).isEqualTo(queue);
  }

  @Test
  void a_queue_that_is_not_there_or_not_named_is_refused() {
    assertThat(service.post("/queues/stop?queue_id=" + UUID.randomUUID(), "").statusCode())
        .isEqualTo(404);
    assertThat(service.post("/queues/stop", "{}").statusCode()).isEqualTo(422);
  }

  private JsonNode stop(String query, String body) {
    HttpResponse<String> answer = service.post("/queues/stop" + query, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return RunningService.json(answer);
  }
}
