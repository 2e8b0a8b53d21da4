package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class OpenQueueTest {
  private final RunningService service;

  OpenQueueTest(RunningService service) {
    this.service = service;
  }

  private final String symbol = Planted.symbol();
  private final String key = UUID.randomUUID().toString();

  @Test
  void a_key_with_the_same_body_starts_one_queue() {
    String first = start(Planted.endless(symbol));
    assertThat(start(Planted.endless(symbol))).isEqualTo(first);
    assertThat(Planted.listed(service, symbol)).isOne();
    service.post("/queues/stop?queue_id=" + first, "");
  }

  @Test
  void a_key_with_another_body_is_refused_and_starts_nothing() {
    String first = start(Planted.endless(symbol));
    HttpResponse<String> answer =
        service.post(
            "/queues/start",
            Planted.endless(symbol).put("type", "ws_trades").toString(),
            "Idempotency-Key",
            key);
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(Planted.listed(service, symbol)).isOne();
    service.post("/queues/stop?queue_id=" + first, "");
  }

  private String start(ObjectNode request) {
    return RunningService.json(
            service.post("/queues/start", request.toString(), "Idempotency-Key", key))
        .path("data")
        .path("queue_id")
        .asText();
  }
}
