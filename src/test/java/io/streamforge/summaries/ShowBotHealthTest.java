package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.contract.ContractAnswers;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({SharedService.class, SharedBot.class})
class ShowBotHealthTest {
  @Test
  void without_a_mattermost_the_bot_is_off_and_that_is_healthy(RunningService service) {
    HttpResponse<String> answer = service.get("/health");

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode body = RunningService.json(answer);
    assertThat(body.path("status").asText()).isEqualTo("healthy");
    assertThat(body.path("details").toString())
        .isEqualTo(
            "{\"mattermost_connected\":false,\"llm_connected\":false,\"bot_running\":false,"
                + "\"websocket_connected\":false,\"bot_username\":null,\"bot_user_id\":null}");
    assertThat(ContractAnswers.faults("/health", "get", 200, body)).isEmpty();
    assertThat(service.get("/metrics").body()).contains("\nmattermost_bot_running 0");
  }

  @Test
  void a_bot_that_is_connected_says_who_it_is(BotService bot) {
    await()
        .untilAsserted(
            () -> {
              JsonNode details = RunningService.json(bot.service.get("/health")).path("details");
              assertThat(details.path("mattermost_connected").asBoolean()).isTrue();
              assertThat(details.path("websocket_connected").asBoolean()).isTrue();
              assertThat(details.path("bot_running").asBoolean()).isTrue();
              assertThat(details.path("bot_username").asText()).isEqualTo("summary-bot");
              assertThat(details.path("bot_user_id").asText()).isEqualTo(bot.bot.id());
            });
    assertThat(bot.service.get("/health").statusCode()).isEqualTo(200);
    assertThat(bot.service.get("/metrics").body()).contains("\nmattermost_bot_running 1");
  }
}
