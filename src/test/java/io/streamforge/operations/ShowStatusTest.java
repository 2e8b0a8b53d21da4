package io.streamforge.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.time.Instant;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class ShowStatusTest {
  private final RunningService service;

  ShowStatusTest(RunningService service) {
    this.service = service;
  }

  private JsonNode launcher() {
    JsonNode answer = RunningService.json(service.get("/status"));
    assertThat(answer.path("status").asText()).isEqualTo("success");
    return StreamSupport.stream(answer.path("data").path("dependencies").spliterator(), false)
        .filter(one -> one.path("name").asText().equals("launcher"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void each_dependency_is_shown_with_since_when_it_is_up() {
    await().until(() -> service.get("/health/ready").statusCode() == 200);
    JsonNode answer = RunningService.json(service.get("/status"));
    assertThat(answer.path("message").asText()).isEqualTo("All systems operational");
    assertThat(answer.path("data").path("dependencies"))
        .extracting(one -> one.path("name").asText())
        .containsExactly("store", "kafka", "launcher");
    assertThat(answer.path("data").path("dependencies"))
        .allMatch(one -> one.path("state").asText().equals("up"))
        .allSatisfy(one -> assertThat(Instant.parse(one.path("since").asText())).isInThePast());
  }

  @Test
  void what_is_away_is_shown_with_its_error_which_stays_when_it_is_back() throws Exception {
    try (Undo away = service.failing("check-launcher")) {
      JsonNode launcher = launcher();
      assertThat(launcher.path("state").asText()).isEqualTo("away");
      assertThat(launcher.path("last_error").path("message").asText()).contains("is away");
      assertThat(launcher().path("since")).isEqualTo(launcher.path("since"));
    }
    await().until(() -> launcher().path("state").asText().equals("up"));
    assertThat(launcher().path("last_error").path("message").asText()).contains("is away");
  }
}
