package io.streamforge.camel.access;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamforge.camel.access.AccessSettings.Limits;
import io.streamforge.camel.access.AccessSettings.Mode;
import io.streamforge.camel.edge.RawHttp;
import io.streamforge.camel.edge.RawHttp.Reply;
import io.streamforge.camel.edge.TestRoutes;
import io.streamforge.camel.edge.TestService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessGateTest {
  private static final String START =
      """
      {"symbol":"BTCUSDT","type":"api","time_range":"2024-01-01:2024-01-03"}""";
  private static final NewToken READER = NewToken.of("reader", "read");
  private static final NewToken OPERATOR = NewToken.of("operator", "operate");
  private static final NewToken ADMIN = NewToken.of("admin", "admin");
  private static final String TOKENS =
      String.join(",", READER.entry().entry(), OPERATOR.entry().entry(), ADMIN.entry().entry());

  private static TestIssuer issuer;
  private static TestService service;

  @BeforeAll
  static void start() {
    issuer = TestIssuer.start();
    service = start(TestAccess.PLENTY);
    var router = service.camel().getRegistry().findSingleByType(VertxPlatformHttpRouter.class);
    router.route("/unruled").handler(context -> context.end("secret"));
    AccessRules.need(router, "/console/*", Scope.ADMIN);
    router
        .route("/console/*")
        .handler(context -> context.end(Caller.of(context).orElseThrow().name()));
  }

  @AfterAll
  static void stop() {
    service.close();
    issuer.close();
  }

  private static TestService start(Limits limits) {
    return TestService.start(
        TestAccess.settings(
            Mode.CONTROLLED, TOKENS, issuer.settings(), limits, List.of("127.0.0.1")),
        new TestRoutes());
  }

  private static RawHttp with(String token, String method, String path) {
    return service.request(method, path).header("Authorization", "Bearer " + token);
  }

  private static Reply get(NewToken token, String path) {
    return with(token.secret(), "GET", path).send();
  }

  private static Reply start(NewToken token) {
    return with(token.secret(), "POST", "/queues/start").body("application/json", START).send();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/queues",
    "GET,/queues/b927fa13-3b22-4d44-bc81-1f902a222eee",
    "GET,/queues/",
    "GET,//queues",
    "HEAD,/queues",
    "POST,/queues/start",
    "PUT,/queues",
    "GET,/targets",
    "GET,/metrics",
    "GET,/session",
    "GET,/nope",
    "GET,/unruled",
    "GET,/console/",
    "GET,/QUEUES"
  })
  void without_a_token_nothing_is_told(String method, String path) {
    Reply reply = service.request(method, path).send();
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
    if (!method.equals("HEAD")) {
      assertThat(reply.json().path("status").asText()).isEqualTo("error");
      assertThat(reply.message()).contains("Authorization: Bearer <token>");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/index.html",
        "/web/main.js",
        "/docs/",
        "/openapi.json",
        "/openapi.yaml",
        "/health/live",
        "/health/ready",
        "/health/startup"
      })
  void pages_without_data_and_health_are_open_also_for_whoever_shows_a_wrong_token(String path) {
    assertThat(service.get(path).status()).isEqualTo(200);
    assertThat(with("wrong", "GET", path).send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"wrong", "Basic", "", "sft_", "a.b.c", "é"})
  void a_wrong_token_is_refused_and_said_to_be_wrong(String token) {
    Reply reply = with(token, "GET", "/queues").send();
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate")).contains("invalid_token");
    if (token.length() > 4) {
      assertThat(reply.body()).doesNotContain(token);
    }
  }

  @Test
  void another_scheme_or_two_tokens_are_refused() {
    for (String header : List.of("Basic YTpi", READER.secret(), "Bearer", "Token x")) {
      assertThat(service.request("GET", "/queues").header("Authorization", header).send().status())
          .as(header)
          .isEqualTo(401);
    }
    assertThat(
            with(READER.secret(), "GET", "/queues")
                .header("Authorization", "Bearer " + ADMIN.secret())
                .send()
                .status())
        .isEqualTo(401);
    assertThat(
            service
                .request("GET", "/queues")
                .header("Authorization", "bearer " + READER.secret())
                .send()
                .status())
        .as("schemes have no case")
        .isEqualTo(200);
  }

  @Test
  void each_scope_may_do_what_the_ones_before_may_and_no_more() {
    assertThat(get(READER, "/queues").status()).isEqualTo(200);
    assertThat(get(OPERATOR, "/queues").status()).isEqualTo(200);
    assertThat(get(ADMIN, "/queues").status()).isEqualTo(200);
    Reply refused = start(READER);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.message()).contains("operate").contains("reader has read");
    assertThat(start(OPERATOR).status()).isEqualTo(200);
    assertThat(start(ADMIN).status()).isEqualTo(200);
    assertThat(get(OPERATOR, "/console/x").status()).isEqualTo(403);
    assertThat(get(ADMIN, "/console/x").body()).isEqualTo("admin");
  }

  @Test
  void what_no_rule_names_is_there_for_admins_only() {
    assertThat(get(READER, "/unruled").status()).isEqualTo(404);
    assertThat(get(OPERATOR, "/unruled").body()).doesNotContain("secret");
    assertThat(get(ADMIN, "/unruled").body()).isEqualTo("secret");
    assertThat(get(READER, "/nope").status()).isEqualTo(404);
    assertThat(get(ADMIN, "/nope").status()).isEqualTo(404);
  }

  @Test
  void the_contract_refuses_as_ever_whoever_is_let_in() {
    assertThat(with(READER.secret(), "DELETE", "/queues").send().status()).isEqualTo(405);
    assertThat(service.request("OPTIONS", "/queues").send().status()).isEqualTo(204);
    assertThat(get(READER, "/queues?x=1").status()).isEqualTo(422);
    assertThat(get(READER, "/metrics").status()).isEqualTo(200);
  }

  @Test
  void tokens_of_the_issuer_are_as_good() {
    assertThat(with(issuer.token(), "GET", "/queues").send().status()).isEqualTo(200);
    assertThat(
            with(issuer.token(), "POST", "/queues/start")
                .body("application/json", START)
                .send()
                .json()
                .at("/body/symbol")
                .asText())
        .as("its body was not lost while the issuer was asked")
        .isEqualTo("BTCUSDT");
    for (String bad :
        List.of(issuer.unsigned(), issuer.expired(), issuer.forged(), issuer.ofAnother())) {
      assertThat(with(bad, "GET", "/queues").send().status()).isEqualTo(401);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/queues", "/", "/health/live", "/ws/topic", "/login"})
  void a_token_in_an_address_is_refused_whatever_is_asked_for(String path) {
    Reply reply = service.get(path + "?token=" + ADMIN.secret());
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.message()).contains("lost");
    assertThat(reply.body()).doesNotContain(ADMIN.secret());
    assertThat(get(ADMIN, path + "?x=" + ADMIN.secret()).status()).isEqualTo(400);
  }

  private static Reply logIn(String token) {
    return service
        .request("POST", "/login")
        .body("application/json", "{\"token\":\"" + token + "\"}")
        .send();
  }

  private static String cookie(Reply reply) {
    return reply.header("Set-Cookie").split(";", 2)[0];
  }

  @Test
  void a_browser_gets_a_cookie_for_a_token_and_is_let_in_with_it() {
    Reply reply = logIn(OPERATOR.secret());
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Set-Cookie"))
        .containsIgnoringCase("HttpOnly")
        .contains("Secure", "SameSite=Strict", "Path=/", "Max-Age=3")
        .doesNotContain(OPERATOR.secret(), "Domain");
    assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
    assertThat(reply.json().at("/data/name").asText()).isEqualTo("operator");

    Reply session = service.request("GET", "/session").header("Cookie", cookie(reply)).send();
    assertThat(session.json().at("/data/scope").asText()).isEqualTo("operate");
    assertThat(session.json().at("/data/until").asText()).isNotEmpty();
    Reply started =
        service
            .request("POST", "/queues/start")
            .header("Cookie", "x=y; " + cookie(reply))
            .body("application/json", START)
            .send();
    assertThat(started.status()).isEqualTo(200);
    Reply foreign =
        service
            .request("POST", "/queues/start")
            .header("Cookie", cookie(reply))
            .header("Origin", "https://evil.example")
            .body("application/json", START)
            .send();
    assertThat(foreign.status()).isEqualTo(403);
  }

  @Test
  void a_cookie_that_was_changed_is_none() {
    String cookie = cookie(logIn(READER.secret()));
    Reply reply = service.request("GET", "/queues").header("Cookie", cookie + "x").send();
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.message()).contains("log in again");
  }

  @Test
  void logging_out_takes_the_cookie_back() {
    Reply reply = service.request("POST", "/logout").untyped("").send();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Set-Cookie")).contains("streamforge_session=;", "Max-Age=0");
  }

  @Test
  void a_login_with_something_else_is_refused_without_a_cookie() {
    Reply wrong = logIn("wrong");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.header("Set-Cookie")).isEmpty();
    assertThat(logIn(issuer.unsigned()).status()).isEqualTo(401);
    assertThat(logIn("").status()).isEqualTo(400);
    assertThat(service.request("POST", "/login").untyped("x").send().status()).isEqualTo(415);
    assertThat(service.post("/login", "{").status()).isEqualTo(400);
    Reply large = service.post("/login", "{\"token\":\"" + "x".repeat(20_000) + "\"}");
    assertThat(large.status()).isEqualTo(413);
    assertThat(large.message()).contains("16384 bytes");
    assertThat(service.get("/login").status()).isEqualTo(405);
  }

  @Test
  void whoever_asks_too_often_is_told_when_to_come_back_and_nobody_else_is() {
    try (TestService strict = start(new Limits(1, 5, 1000, 100, 100))) {
      RawHttp reader =
          RawHttp.request(strict.port(), "GET", "/queues")
              .header("Authorization", "Bearer " + READER.secret());
      Reply last = reader.send();
      for (int i = 0; i < 10 && last.status() == 200; i++) {
        last = reader.send();
      }
      assertThat(last.status()).isEqualTo(429);
      assertThat(Integer.parseInt(last.header("Retry-After"))).isBetween(1, 2);
      RawHttp operator =
          RawHttp.request(strict.port(), "GET", "/queues")
              .header("Authorization", "Bearer " + OPERATOR.secret());
      assertThat(operator.send().status()).isEqualTo(200);
      assertThat(strict.get("/health/live").status()).isEqualTo(200);
      await().untilAsserted(() -> assertThat(reader.send().status()).isEqualTo(200));
    }
  }

  @Test
  void wrong_tokens_from_one_address_are_soon_not_looked_at_and_good_ones_still_are()
      throws Exception {
    try (TestService strict = start(new Limits(1000, 1000, 3, 100, 2))) {
      RawHttp wrong =
          RawHttp.request(strict.port(), "GET", "/queues").header("Authorization", "Bearer wrong");
      for (int i = 0; i < 3; i++) {
        assertThat(wrong.send().status()).isEqualTo(401);
      }
      Reply refused = wrong.send();
      assertThat(refused.status()).isEqualTo(429);
      assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
      assertThat(wrong.header("X-Forwarded-For", "203.0.113.7").send().status())
          .as("from elsewhere, says the proxy")
          .isEqualTo(401);
      assertThat(
              RawHttp.request(strict.port(), "GET", "/queues")
                  .header("Authorization", "Bearer " + READER.secret())
                  .send()
                  .status())
          .isEqualTo(200);
      assertThat(
              RawHttp.request(strict.port(), "GET", "/queues")
                  .header("Authorization", "Bearer " + issuer.token())
                  .send()
                  .status())
          .as("a token that would have to be checked")
          .isEqualTo(429);
      one_caller_opens_so_many_websockets(strict);
    }
  }

  private static void one_caller_opens_so_many_websockets(TestService strict) throws Exception {
    var router = strict.camel().getRegistry().findSingleByType(VertxPlatformHttpRouter.class);
    AccessRules.need(router, "/socket", Scope.READ);
    router.route("/socket").handler(context -> context.request().toWebSocket());
    WebSocket first = socket(strict, READER).get(10, SECONDS);
    socket(strict, READER).get(10, SECONDS);
    assertThatThrownBy(() -> socket(strict, READER).get(10, SECONDS))
        .hasCauseInstanceOf(WebSocketHandshakeException.class);
    socket(strict, OPERATOR).get(10, SECONDS).abort();
    first.abort();
    await().ignoreExceptions().until(() -> socket(strict, READER).get(10, SECONDS) != null);
  }

  private static CompletableFuture<WebSocket> socket(TestService strict, NewToken token) {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .header("Authorization", "Bearer " + token.secret())
        .buildAsync(
            URI.create("ws://127.0.0.1:" + strict.port() + "/socket"), new WebSocket.Listener() {});
  }

  @Test
  void refusals_are_counted_by_their_reason() {
    service.get("/queues");
    start(READER);
    service.get("/queues?token=x");
    logIn("wrong");
    service.request("POST", "/logout").header("Origin", "null").untyped("").send();
    assertThat(get(READER, "/metrics").body())
        .contains(
            "access_refusals_total{reason=\"unknown\"}",
            "access_refusals_total{reason=\"origin\"}",
            "access_refusals_total{reason=\"missing\"}",
            "access_refusals_total{reason=\"scope\"}",
            "access_refusals_total{reason=\"query\"}");
  }
}
