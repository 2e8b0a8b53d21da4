package io.streamforge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.BotState.Account;
import io.streamforge.BotState.Peer;
import io.streamforge.camel.contract.ContractAnswers;
import io.streamforge.camel.leadership.Leadership;
import io.streamforge.service.RunningService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BotReportsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final Optional<Account> ACCOUNT =
      Optional.of(new Account("9kd7cm43y3fpuqn1d5tcd1yzwe", "summary-bot"));
  private static final Optional<Peer> THERE =
      Optional.of(new Peer(true, NOON.minusSeconds(60), Optional.empty()));
  private static final Optional<Peer> AWAY =
      Optional.of(
          new Peer(
              false,
              NOON.minusSeconds(9),
              Optional.of(new Dependency.Trouble(NOON.minusSeconds(2), "it refuses our token"))));
  private static final BotState OFF =
      new BotState(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final Leadership.State LEADER =
      new Leadership.State(
          "none", "this", true, Optional.of(new Leadership.Leader("this", NOON)), Optional.empty());

  private static BotReports reports(Supplier<BotState> state, Dependency.Check launcher) {
    return reports(state, launcher, LEADER);
  }

  private static BotReports reports(
      Supplier<BotState> state, Dependency.Check launcher, Leadership.State leadership) {
    Map<String, Dependency.Check> checks = new LinkedHashMap<>();
    checks.put("store", () -> {});
    checks.put("kafka", () -> {});
    checks.put("launcher", launcher);
    Dependencies dependencies =
        new Dependencies(
            new DefaultCamelContext(), checks, Duration.ofSeconds(5), message -> message);
    return new BotReports(
        state,
        dependencies,
        () -> leadership,
        "1.2.3",
        List.of("/summary", "!summary"),
        Clock.fixed(NOON, ZoneOffset.UTC));
  }

  private static BotReports reports(BotState state) {
    return reports(() -> state, () -> {});
  }

  private static Optional<Peer> peer(String word) {
    return switch (word) {
      case "there" -> THERE;
      case "away" -> AWAY;
      default -> Optional.empty();
    };
  }

  @ParameterizedTest
  @CsvSource({
    // mattermost, websocket, llm, code, mattermost_connected, websocket_connected, llm_connected
    "off, off, off, 200, false, false, false",
    "off, off, away, 200, false, false, false",
    "there, there, there, 200, true, true, true",
    "there, away, there, 200, true, false, true",
    "there, there, away, 200, true, true, false",
    "there, there, off, 200, true, true, false",
    "away, away, there, 503, false, false, true",
    "away, there, there, 503, false, true, true",
  })
  void the_bot_is_unwell_only_when_a_mattermost_is_set_up_and_not_connected(
      String mattermost,
      String websocket,
      String llm,
      int code,
      boolean connected,
      boolean open,
      boolean model) {
    BotState state = new BotState(ACCOUNT, peer(mattermost), peer(websocket), peer(llm));

    Dependencies.Answer answer = reports(state).health();

    JsonNode body = RunningService.json(answer.json());
    assertThat(answer.code()).isEqualTo(code);
    assertThat(body.path("status").asText()).isEqualTo(code == 200 ? "healthy" : "unhealthy");
    JsonNode details = body.path("details");
    assertThat(details.path("mattermost_connected").asBoolean()).isEqualTo(connected);
    assertThat(details.path("websocket_connected").asBoolean()).isEqualTo(open);
    assertThat(details.path("llm_connected").asBoolean()).isEqualTo(model);
    assertThat(details.path("bot_running").asBoolean()).isEqualTo(!mattermost.equals("off"));
    assertThat(ContractAnswers.faults("/health", "get", code, body)).isEmpty();
  }

  @Test
  void health_has_exactly_the_shape_of_the_contract() {
    BotState state = new BotState(ACCOUNT, THERE, THERE, Optional.empty());

    assertThat(reports(state).health().json())
        .isEqualTo(
            "{\"status\":\"healthy\",\"timestamp\":\"2026-03-01T12:00:00Z\",\"details\":"
                + "{\"mattermost_connected\":true,\"llm_connected\":false,\"bot_running\":true,"
                + "\"websocket_connected\":true,\"bot_username\":\"summary-bot\","
                + "\"bot_user_id\":\"9kd7cm43y3fpuqn1d5tcd1yzwe\"}}");
    assertThat(reports(OFF).health().json())
        .contains("\"bot_username\":null,\"bot_user_id\":null", "\"bot_running\":false");
  }

  @Test
  void info_has_exactly_the_shape_of_the_contract() {
    JsonNode info = RunningService.json(reports(OFF).info());

    assertThat(info.fieldNames())
        .toIterable()
        .containsExactly(
            "name",
            "version",
            "description",
            "features",
            "supported_commands",
            "bot_info",
            "timestamp");
    assertThat(info.path("name").asText()).isEqualTo("Mattermost Summary Bot");
    assertThat(info.path("version").asText()).isEqualTo("1.2.3");
    assertThat(info.path("supported_commands"))
        .extracting(JsonNode::asText)
        .containsExactly("/summary", "!summary");
    assertThat(info.path("features")).isNotEmpty();
    assertThat(info.path("bot_info").toString())
        .isEqualTo("{\"username\":null,\"user_id\":null,\"running\":false}");
    assertThat(ContractAnswers.faults("/info", "get", 200, info)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "off, off, off, healthy",
    "there, there, there, healthy",
    "there, there, off, healthy",
    "away, away, there, degraded",
    "there, away, there, degraded",
    "there, there, away, degraded",
    "off, off, away, degraded",
  })
  void the_status_is_degraded_by_what_is_set_up_and_away(
      String mattermost, String websocket, String llm, String overall) throws Exception {
    BotState state = new BotState(ACCOUNT, peer(mattermost), peer(websocket), peer(llm));

    JsonNode status = RunningService.json(reports(state).status());

    assertThat(status.path("overall_status").asText()).isEqualTo(overall);
    assertThat(ContractAnswers.faults("/status", "get", 200, status)).isEmpty();
  }

  @Test
  void the_status_tells_of_each_component_since_when_and_what_was_last_wrong() throws Exception {
    BotState state = new BotState(ACCOUNT, AWAY, AWAY, THERE);
    JsonNode status =
        RunningService.json(
            reports(
                    () -> state,
                    () -> {
                      throw new IllegalStateException("the cluster is gone");
                    })
                .status());

    JsonNode components = status.path("components");
    assertThat(status.fieldNames())
        .toIterable()
        .containsExactly("timestamp", "components", "leadership", "overall_status");
    assertThat(components.path("bot").toString())
        .isEqualTo(
            "{\"running\":true,\"username\":\"summary-bot\",\"user_id\":\"9kd7cm43y3fpuqn1d5tcd1yzwe\"}");
    assertThat(components.path("mattermost").toString())
        .isEqualTo(
            "{\"configured\":true,\"connected\":false,\"since\":\"2026-03-01T11:59:51Z\","
                + "\"last_error\":{\"at\":\"2026-03-01T11:59:58Z\",\"message\":\"it refuses our token\"},\"websocket\":false,"
                + "\"websocket_since\":\"2026-03-01T11:59:51Z\","
                + "\"websocket_last_error\":{\"at\":\"2026-03-01T11:59:58Z\",\"message\":\"it refuses our token\"}}");
    assertThat(components.path("llm").path("connected").asBoolean()).isTrue();
    assertThat(components.path("launcher").path("connected").asBoolean()).isFalse();
    assertThat(components.at("/launcher/last_error/message").asText())
        .isEqualTo("the cluster is gone");
    assertThat(components.at("/store/last_error").isNull()).isTrue();
    assertThat(ContractAnswers.faults("/status", "get", 200, status)).isEmpty();
  }

  @Test
  void whoever_does_not_lead_is_well_without_a_websocket_and_tells_who_leads() throws Exception {
    BotState state = new BotState(ACCOUNT, THERE, AWAY, THERE);
    Leadership.State follower =
        new Leadership.State(
            "lease",
            "one",
            false,
            Optional.of(new Leadership.Leader("other", NOON)),
            Optional.empty());
    JsonNode status = RunningService.json(reports(() -> state, () -> {}, follower).status());

    assertThat(status.path("overall_status").asText()).isEqualTo("healthy");
    assertThat(status.path("leadership").toString())
        .isEqualTo(
            "{\"kind\":\"lease\",\"process\":\"one\",\"leading\":false,\"leader\":\"other\","
                + "\"since\":\"2026-03-01T12:00:00Z\",\"trouble\":null}");
    assertThat(ContractAnswers.faults("/status", "get", 200, status)).isEmpty();
  }

  @Test
  void an_election_that_does_not_work_is_told_and_degrades() throws Exception {
    Leadership.State lost =
        new Leadership.State(
            "lease", "one", false, Optional.empty(), Optional.of("leases is forbidden"));
    JsonNode status = RunningService.json(reports(() -> OFF, () -> {}, lost).status());

    assertThat(status.path("overall_status").asText()).isEqualTo("degraded");
    assertThat(status.at("/leadership/trouble").asText()).isEqualTo("leases is forbidden");
    assertThat(ContractAnswers.faults("/status", "get", 200, status)).isEmpty();
  }

  @Test
  void what_is_told_is_what_is_known_at_that_moment() {
    var states =
        List.of(
                OFF,
                new BotState(ACCOUNT, AWAY, AWAY, AWAY),
                new BotState(ACCOUNT, THERE, THERE, THERE))
            .iterator();
    BotReports reports = reports(states::next, () -> {});

    assertThat(reports.health().code()).isEqualTo(200);
    assertThat(reports.health().code()).isEqualTo(503);
    assertThat(reports.health().code()).isEqualTo(200);
  }
}
