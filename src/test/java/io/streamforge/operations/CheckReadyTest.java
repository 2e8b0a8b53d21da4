package io.streamforge.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class CheckReadyTest {
  private final RunningService service;

  CheckReadyTest(RunningService service) {
    this.service = service;
  }

  @Test
  void it_is_ready_when_all_it_needs_is_there() {
    await().until(() -> service.get("/health/ready").statusCode() == 200);
    JsonNode answer = RunningService.json(service.get("/health/ready"));
    assertThat(answer.path("message").asText()).isEqualTo("All systems operational");
    assertThat(answer.path("data")).isEmpty();
  }

  @Test
  void it_is_not_ready_while_something_is_away_and_says_what() throws Exception {
    try (Undo away = service.failing("check-launcher")) {
      await().until(() -> service.get("/health/ready").statusCode() == 503);
      HttpResponse<String> answer = service.get("/health/ready");
      JsonNode body = RunningService.json(answer);
      assertThat(body.path("status").asText()).isEqualTo("error");
      assertThat(body.path("data").fieldNames()).toIterable().containsExactly("launcher");
      assertThat(body.path("data").path("launcher").path("message").asText()).contains("is away");
    }
    await().until(() -> service.get("/health/ready").statusCode() == 200);
  }
}
