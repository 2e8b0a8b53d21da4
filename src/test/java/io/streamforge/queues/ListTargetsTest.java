package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class ListTargetsTest {
  private final RunningService service;

  ListTargetsTest(RunningService service) {
    this.service = service;
  }

  @Test
  void the_targets_come_in_the_order_of_the_catalogue() {
    JsonNode answer = RunningService.json(service.get("/targets"));
    assertThat(answer.path("message").asText()).isEqualTo("Targets fetched");
    assertThat(answer.path("data").findValuesAsText("name"))
        .containsExactlyElementsOf(
            Catalogue.read(Path.of("routes/queues/targets.yaml")).targets().stream()
                .map(Catalogue.Target::name)
                .toList());
    JsonNode builder = answer.path("data").path(2);
    assertThat(builder.path("role").asText()).isEqualTo("processor");
    assertThat(builder.at("/types/bounded/0").asText()).isEqualTo("gnn_graph");
    assertThat(builder.path("fields")).hasSize(2);
  }

  @Test
  void how_a_target_is_run_is_nobodys_business() {
    assertThat(RunningService.json(service.get("/targets")).path("data"))
        .allSatisfy(
            target ->
                assertThat(target.fieldNames())
                    .toIterable()
                    .containsExactly("name", "role", "types", "fields"));
  }

  @Test
  void it_takes_no_parameters() {
    assertThat(service.get("/targets?role=loader").statusCode()).isEqualTo(422);
  }
}
