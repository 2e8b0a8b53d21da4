package io.streamforge.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class CheckStartupTest {
  private final RunningService service;

  CheckStartupTest(RunningService service) {
    this.service = service;
  }

  @Test
  void the_start_is_over() {
    HttpResponse<String> answer = service.get("/health/startup");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(RunningService.json(answer).path("message").asText())
        .isEqualTo("All systems operational");
  }

  @Test
  void what_is_away_later_does_not_undo_the_start() throws Exception {
    try (Undo away = service.failing("check-launcher")) {
      HttpResponse<String> answer = service.get("/health/startup");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(RunningService.json(answer).path("data")).isEmpty();
    }
  }
}
