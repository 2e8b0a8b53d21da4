package io.streamforge.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class CheckLiveTest {
  private final RunningService service;

  CheckLiveTest(RunningService service) {
    this.service = service;
  }

  @Test
  void it_lives() {
    HttpResponse<String> answer = service.get("/health/live");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo("{\"status\":\"success\",\"message\":\"All systems operational\",\"data\":{}}");
  }

  @Test
  void nobody_elses_fault_ends_its_life() throws Exception {
    try (Undo away = service.failing("check-launcher")) {
      await().until(() -> service.get("/health/ready").statusCode() == 503);
      assertThat(service.get("/health/live").statusCode()).isEqualTo(200);
    }
  }
}
