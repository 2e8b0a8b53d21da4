package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.contract.ContractAnswers;
import io.streamforge.playground.MattermostVersion;
import io.streamforge.service.RunningService;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is told of a bot whose Mattermost and whose model go and come back. */
class BotStatusTest {
  private static BotService bot;

  @BeforeAll
  static void start() {
    bot =
        BotService.start(
            MattermostVersion.V6_7,
            Map.of("MATTERMOST_CHECK_PERIOD", "200ms", "LLM_CHECK_PERIOD", "200ms"));
  }

  @AfterAll
  static void stop() {
    bot.close();
  }

  private static JsonNode status() {
    return RunningService.json(bot.service.get("/status"));
  }

  private static void awaitHealth(int code) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> bot.service.get("/health").statusCode() == code);
  }

  @Test
  void a_mattermost_that_is_gone_makes_the_bot_unwell_until_it_is_back() {
    awaitHealth(200);

    bot.mattermost.stop();

    awaitHealth(503);
    JsonNode health = RunningService.json(bot.service.get("/health"));
    assertThat(health.path("status").asText()).isEqualTo("unhealthy");
    assertThat(health.at("/details/mattermost_connected").asBoolean()).isFalse();
    assertThat(health.at("/details/bot_username").asText()).isEqualTo("summary-bot");
    assertThat(ContractAnswers.faults("/health", "get", 503, health)).isEmpty();
    JsonNode status = status();
    assertThat(status.path("overall_status").asText()).isEqualTo("degraded");
    assertThat(status.at("/components/mattermost/last_error/message").asText()).isNotEmpty();
    assertThat(status.toString()).doesNotContain(bot.bot.token());
    assertThat(ContractAnswers.faults("/status", "get", 200, status)).isEmpty();

    Summary summary =
        Kept.store(
            bot.service,
            Kept.finished(
                Trigger.POST,
                new ThreadPlace(Kept.mattermostId(), Kept.mattermostId()),
                bot.anna.id(),
                Instant.parse("2026-03-01T12:00:00Z")));
    HttpResponse<String> undecided =
        bot.service.send(
            HttpRequest.newBuilder(bot.service.uri("/summaries/" + summary.id()))
                .header("X-Mattermost-Token", bot.anna.token())
                .build());
    assertThat(undecided.statusCode()).as("nobody can tell who may read it").isEqualTo(503);
    assertThat(undecided.headers().firstValue("Retry-After")).isPresent();
    assertThat(undecided.body()).doesNotContain(Kept.TEXT);

    bot.mattermost.start();

    awaitHealth(200);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> status().path("overall_status").asText().equals("healthy"));
  }

  @Test
  void a_model_that_is_gone_degrades_the_service_and_leaves_the_bot_well() {
    await().until(() -> status().at("/components/llm/connected").asBoolean());

    bot.model.stop();

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !status().at("/components/llm/connected").asBoolean());
    awaitHealth(200);
    assertThat(status().path("overall_status").asText()).isEqualTo("degraded");
    assertThat(status().at("/components/llm/last_error/message").asText()).isNotEmpty();
    assertThat(bot.service.get("/metrics").body()).contains("\nllm_connected 0");

    bot.model.start();

    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> status().at("/components/llm/connected").asBoolean());
  }

  @Test
  void reading_it_asks_neither_mattermost_nor_the_model() throws Exception {
    awaitHealth(200);
    // Without what the background asks meanwhile.
    try (var quiet =
        bot.service.without("watch-mattermost", "watch-llm", "catch-up-regularly", "catch-up")) {
      int asked = bot.mattermost.requests().size();
      int questions = bot.model.requests().size();

      for (int times = 0; times < 100; times++) {
        bot.service.get("/health");
        bot.service.get("/status");
        bot.service.get("/info");
      }

      assertThat(bot.mattermost.requests()).hasSize(asked);
      assertThat(bot.model.requests()).hasSize(questions);
    }
    assertThat(bot.model.questions()).isEmpty();
  }
}
