package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.contract.ContractAnswers;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class ShowInfoTest {
  @Test
  void it_tells_the_commands_that_are_set_the_five_of_old_first(RunningService service) {
    JsonNode info = RunningService.json(service.get("/info"));

    assertThat(info.path("name").asText()).isEqualTo("Mattermost Summary Bot");
    assertThat(info.path("supported_commands"))
        .extracting(JsonNode::asText)
        .startsWith("/summary", "!summary", "summary", "саммари", "/саммари")
        .hasSameElementsAs(java.util.List.of(service.setting("bot.commands").split(",")));
    assertThat(info.path("version").asText()).isNotEmpty();
    assertThat(ContractAnswers.faults("/info", "get", 200, info)).isEmpty();
  }
}
