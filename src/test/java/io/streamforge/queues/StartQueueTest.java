package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class StartQueueTest {
  private final RunningService service;

  StartQueueTest(RunningService service) {
    this.service = service;
  }

  private final String symbol = Planted.symbol();

  @Test
  void a_queue_is_started_and_its_id_told() {
    HttpResponse<String> answer = service.post("/queues/start", Planted.endless(symbol).toString());
    JsonNode body = RunningService.json(answer);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(body.path("message").asText()).isEqualTo("Queue started");
    String id = body.path("data").path("queue_id").asText();
    await().until(() -> service.status(id).equals("loading"));
    service.post("/queues/stop?queue_id=" + id, "");
  }

  @Test
  void a_request_with_faults_starts_nothing_and_hears_of_all_of_them() {
    ObjectNode request = Planted.endless(symbol).put("type", "api_nothing").put("color", "red");
    HttpResponse<String> answer = service.post("/queues/start", request.toString());
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(RunningService.json(answer).path("data").path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("type", "color");
    assertThat(Planted.listed(service, symbol)).isZero();
  }
}
