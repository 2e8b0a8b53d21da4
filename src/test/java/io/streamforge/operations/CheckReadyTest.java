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
    await()
        .untilAsserted(
            () -> {
              HttpResponse<String> answer = service.get("/health/ready");
              assertThat(answer.statusCode()).isEqualTo(200);
              JsonNode body = RunningService.json(answer);
              assertThat(body.path("message").asText()).isEqualTo("All systems operational");
              assertThat(body.path("data")).isEmpty();
            });
  }

  @Test
  void it_is_not_ready_while_something_is_away_and_says_what() throws Exception {
    try (Undo away = service.failing("check-launcher")) {
      await()
          .untilAsserted(
              () -> {
                HttpResponse<String> answer = service.get("/health/ready");
                assertThat(answer.statusCode()).isEqualTo(503);
                JsonNode body = RunningService.json(answer);
                assertThat(body.path("status").asText()).isEqualTo("error");
                JsonNode data = body.path("data");
                assertThat(data.fieldNames()).toIterable().containsExactly("launcher");
                assertThat(data.at("/launcher/message").asText()).contains("is away");
              });
    }
    await().until(() -> service.get("/health/ready").statusCode() == 200);
  }
}
