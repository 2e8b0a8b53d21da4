package io.streamforge.service;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.access.NewToken;
import io.streamforge.camel.access.TestIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service with tokens. */
class AccessTest {
  private static final String ENDLESS =
      """
      {"symbol":"BTCUSDT","type":"ws","time_range":"2024-08-01:2024-08-01"}""";
  private static final NewToken ANNA = NewToken.of("anna", "operate");
  private static final NewToken BOB = NewToken.of("bob", "operate");
  private static final NewToken READER = NewToken.of("reader", "read");
  private static final NewToken LATER = NewToken.of("later", "read");

  @TempDir static Path directory;

  private static TestIssuer issuer;
  private static RunningService service;
  private static Path tokens;

  @BeforeAll
  static void start() throws IOException {
    issuer = TestIssuer.start();
    tokens = Files.writeString(directory.resolve("tokens"), "# nobody yet\n");
    service =
        RunningService.start(
            Map.ofEntries(
                Map.entry("HTTP_HOST", "0.0.0.0"),
                Map.entry(
                    "API_TOKENS",
                    String.join(
                        ",", ANNA.entry().entry(), BOB.entry().entry(), READER.entry().entry())),
                Map.entry("API_TOKENS_FILE", tokens.toString()),
                Map.entry("API_TOKENS_REREAD_PERIOD", "100ms"),
                Map.entry("OIDC_ISSUER", issuer.url()),
                Map.entry("OIDC_AUDIENCE", "streamforge"),
                Map.entry("OIDC_TIMEOUT", "20s"),
                Map.entry("RATE_LIMIT_FAILURES", "1000"),
                Map.entry("SLASH_TOKENS", "the-token-of-the-slash-command")));
  }

  @AfterAll
  static void stop() {
    service.close();
    issuer.close();
  }

  private static HttpResponse<String> get(String path, String token) {
    return service.send(
        HttpRequest.newBuilder(service.uri(path))
            .header("Authorization", "Bearer " + token)
            .build());
  }

  private static HttpResponse<String> start(String token, String key) {
    return service.post(
        "/queues/start", ENDLESS, "Authorization", "Bearer " + token, "Idempotency-Key", key);
  }

  private static String id(HttpResponse<String> started) {
    assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
    return RunningService.json(started).at("/data/queue_id").asText();
  }

  private static void stop(String id, String token) {
    service.post("/queues/stop?queue_id=" + id, "", "Authorization", "Bearer " + token);
  }

  @Test
  void the_caller_s_name_lands_in_the_queue_and_in_its_history() {
    String id = id(start(ANNA.secret(), "history"));
    stop(id, issuer.token());

    JsonNode queue = RunningService.json(get("/queues/" + id, READER.secret()));
    assertThat(queue.at("/data/requested_by").asText()).isEqualTo("anna");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        RunningService.json(get("/queues/" + id + "/events", READER.secret()))
                            .at("/data/events")
                            .findValuesAsText("by"))
                    .contains("anna", "oidc:anna"));
  }

  @Test
  void an_idempotency_key_counts_per_caller() {
    String first = id(start(ANNA.secret(), "same"));
    assertThat(id(start(ANNA.secret(), "same"))).isEqualTo(first);
    String other = id(start(BOB.secret(), "same"));
    assertThat(other).isNotEqualTo(first);
    stop(first, ANNA.secret());
    stop(other, BOB.secret());
  }

  @Test
  void whoever_may_only_look_starts_and_stops_nothing() {
    assertThat(start(READER.secret(), "looking").statusCode()).isEqualTo(403);
    assertThat(get("/status", READER.secret()).statusCode()).isEqualTo(200);
    assertThat(
            service
                .post("/summaries", "{}", "Authorization", "Bearer " + READER.secret())
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void without_a_token_there_is_health_and_nothing_else() {
    for (String path : new String[] {"/status", "/queues", "/summaries", "/metrics", "/info"}) {
      assertThat(service.get(path).statusCode()).as(path).isEqualTo(401);
    }
    for (String path : new String[] {"/health/live", "/health/startup", "/health", "/"}) {
      assertThat(service.get(path).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void a_slash_command_has_a_token_of_its_own() {
    HttpResponse<String> answer =
        service.send(
            HttpRequest.newBuilder(service.uri("/mattermost/commands"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    BodyPublishers.ofString(
                        "token=wrong&team_id=t&channel_id=c&user_id=u&command=/summary&text="))
                .build());
    assertThat(answer.statusCode()).as(answer.body()).isNotEqualTo(403);
    assertThat(answer.body()).doesNotContain("Bearer");
  }

  private static CompletableFuture<WebSocket> watch(String... headers) {
    return watch(new CompletableFuture<>(), headers);
  }

  private static CompletableFuture<WebSocket> watch(
      CompletableFuture<Integer> closed, String... headers) {
    var builder = HttpClient.newHttpClient().newWebSocketBuilder();
    for (int at = 0; at < headers.length; at += 2) {
      builder.header(headers[at], headers[at + 1]);
    }
    String uri = service.uri("/ws/topic").toString().replace("http:", "ws:");
    return builder.buildAsync(
        URI.create(uri),
        new WebSocket.Listener() {
          @Override
          public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            return null;
          }

          @Override
          public void onError(WebSocket socket, Throwable error) {
            closed.complete(-1);
          }
        });
  }

  @Test
  void the_live_view_takes_a_token_or_the_cookie_of_a_login() throws Exception {
    watch("Authorization", "Bearer " + READER.secret()).get(10, SECONDS).abort();
    HttpResponse<String> login = service.post("/login", "{\"token\":\"" + READER.secret() + "\"}");
    String cookie = login.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    watch("Cookie", cookie).get(10, SECONDS).abort();

    assertThatThrownBy(() -> watch().get(10, SECONDS))
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
    assertThatThrownBy(() -> watch("Authorization", "Bearer wrong").get(10, SECONDS))
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
  }

  @Test
  void the_live_view_ends_with_the_token_that_opened_it() throws Exception {
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    watch(closed, "Authorization", "Bearer " + issuer.tokenFor(6)).get(10, SECONDS);
    closed.get(20, SECONDS);
  }

  @Test
  void a_token_comes_and_goes_with_its_line_in_the_file_and_its_logins_and_views_with_it()
      throws Exception {
    assertThat(get("/queues", LATER.secret()).statusCode()).isEqualTo(401);
    Files.writeString(tokens, LATER.entry().entry() + "\n");
    await().until(() -> get("/queues", LATER.secret()).statusCode() == 200);
    String cookie =
        service
            .post("/login", "{\"token\":\"" + LATER.secret() + "\"}")
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow()
            .split(";", 2)[0];
    HttpRequest withCookie =
        HttpRequest.newBuilder(service.uri("/queues")).header("Cookie", cookie).build();
    assertThat(service.send(withCookie).statusCode()).isEqualTo(200);
    CompletableFuture<Integer> view = new CompletableFuture<>();
    CompletableFuture<Integer> viewOfLogin = new CompletableFuture<>();
    CompletableFuture<Integer> viewOfAnother = new CompletableFuture<>();
    watch(view, "Authorization", "Bearer " + LATER.secret()).get(10, SECONDS);
    watch(viewOfLogin, "Cookie", cookie).get(10, SECONDS);
    WebSocket another =
        watch(viewOfAnother, "Authorization", "Bearer " + READER.secret()).get(10, SECONDS);

    Files.writeString(tokens, "");
    await().until(() -> get("/queues", LATER.secret()).statusCode() == 401);
    assertThat(service.send(withCookie).statusCode()).isEqualTo(401);
    view.get(10, SECONDS);
    viewOfLogin.get(10, SECONDS);
    assertThat(viewOfAnother).isNotDone();
    another.abort();
  }

  @Test
  void every_operation_says_in_the_contract_who_may_ask_for_it() {
    JsonNode paths = RunningService.json(service.get("/openapi.json")).path("paths");
    assertThat(paths.at("/~1queues~1start/post/security/0/token/0").asText()).isEqualTo("operate");
    assertThat(paths.at("/~1login/post/security")).isEmpty();
    paths.forEach(
        path -> path.forEach(operation -> assertThat(operation.has("security")).isTrue()));
  }
}
