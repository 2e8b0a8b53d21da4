package io.streamforge.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class ShowStatusTest {
  private final RunningService service;

  ShowStatusTest(RunningService service) {
    this.service = service;
  }

  private JsonNode launcher() {
    return RunningService.json(service.get("/status")).path("components").path("launcher");
  }

  @Test
  void each_component_is_shown_with_since_when_it_is_there() {
    await().until(() -> service.get("/health/ready").statusCode() == 200);
    JsonNode answer = RunningService.json(service.get("/status"));
    assertThat(answer.path("overall_status").asText()).isEqualTo("healthy");
    assertThat(Instant.parse(answer.path("timestamp").asText())).isNotNull();
    assertThat(answer.path("components").fieldNames())
        .toIterable()
        .containsExactly("bot", "mattermost", "llm", "store", "kafka", "launcher");
    for (String name : List.of("store", "kafka", "launcher")) {
      JsonNode component = answer.path("components").path(name);
      assertThat(component.path("connected").asBoolean()).as(name).isTrue();
      assertThat(Instant.parse(component.path("since").asText())).as(name).isInThePast();
    }
  }

  @Test
  void what_is_away_is_shown_with_its_error_which_stays_when_it_is_back() throws Exception {
    try (Undo away = service.failing("check-launcher")) {
      // What was found within the last second is told again.
      await().until(() -> !launcher().path("connected").asBoolean());
      JsonNode launcher = launcher();
      assertThat(launcher.path("last_error").path("message").asText()).contains("is away");
      assertThat(launcher().path("since")).isEqualTo(launcher.path("since"));
      assertThat(RunningService.json(service.get("/status")).path("overall_status").asText())
          .isEqualTo("degraded");
    }
    await().until(() -> launcher().path("connected").asBoolean());
    assertThat(launcher().path("last_error").path("message").asText()).contains("is away");
  }
}
