package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class PreviewQueueTest {
  private final RunningService service;

  PreviewQueueTest(RunningService service) {
    this.service = service;
  }

  private final String symbol = Planted.symbol();

  @Test
  void a_dry_run_shows_what_would_be() {
    JsonNode answer =
        RunningService.json(
            service.post(
                "/queues/start?dry_run=true", RunningService.request("historical-pipeline")));
    assertThat(answer.path("message").asText()).isEqualTo("Queue is valid");
    assertThat(answer.path("data").path("steps"))
        .hasSize(6)
        .allMatch(step -> step.hasNonNull("job_name") && step.hasNonNull("launch"));
    assertThat(answer.path("data").path("manifests")).hasSize(6);
  }

  @Test
  void a_dry_run_writes_nothing() {
    HttpResponse<String> answer =
        service.post("/queues/start?dry_run=true", Planted.endless(symbol).toString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(Planted.listed(service, symbol)).isZero();
  }
}
