package io.streamforge.camel.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEdgeTest {
  private static final int LIMIT = 1_048_576;
  private static final String VALID =
      """
      {"symbol":"BTCUSDT","type":"api","time_range":"2024-01-01:2024-01-03"}""";

  private static TestService service;

  @BeforeAll
  static void start() {
    var settings =
        new EdgeSettings(
            "127.0.0.1", 8, 200, Duration.ZERO, Set.of("https://dashboard.example:8443"));
    service = TestService.start(settings, new TestRoutes(), Map.of());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static RawHttp start(String header, String value) {
    return service.request("POST", "/queues/start").header(header, value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nope",
        "/queuesfoo",
        "/queues/a/b/c",
        "/QUEUES",
        "/health",
        "/docs/nope.js",
        "/openapi",
        "/.env",
        "/web/index.html",
        "/../application.properties",
        "/docs/../../application.properties",
        "/%2e%2e/application.properties",
        "/docs/..%2f..%2fpom.xml",
        "//etc/passwd",
        "/docs/package.json",
        "/io/streamforge/Application.class",
        "/META-INF/MANIFEST.MF"
      })
  void what_is_not_served_is_404_in_the_envelope(String path) {
    var reply = service.get(path);
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.json().path("status").asText()).isEqualTo("error");
    assertThat(reply.json().path("data").isEmpty()).isTrue();
    assertThat(reply.message()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application.properties", "pom.xml", "routes/errors.camel.yaml"})
  void no_file_of_the_working_directory_is_served(String file) {
    assertThat(Files.exists(Path.of(file))).isTrue();
    assertThat(service.get("/" + file).status()).isEqualTo(404);
    assertThat(service.get("/docs/" + file).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%zz", "/%", "/queues/%zz", "/queues/%c3%28?x=%"})
  void a_path_that_cannot_be_read_is_never_500(String path) {
    var reply = service.get(path);
    assertThat(reply.status()).isBetween(400, 499);
    assertThat(reply.json().path("status").asText()).isEqualTo("error");
  }

  @Test
  void a_request_without_host_is_400() {
    var reply = service.request("GET", "/queues").header("Host", "").send();
    assertThat(reply.status()).isIn(400, 403);
    assertThat(reply.json().path("status").asText()).isEqualTo("error");
  }

  @Test
  void a_body_up_to_the_limit_is_read_and_one_above_is_413() {
    var padding = " ".repeat(LIMIT - VALID.length());
    assertThat(service.post("/queues/start", VALID + padding).status()).isEqualTo(200);
    var reply = service.post("/queues/start", VALID + padding + " ");
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.message()).contains("1048576 bytes");
    assertThat(reply.header("Connection")).isEqualTo("close");
  }

  @Test
  void a_chunked_body_above_the_limit_is_413() {
    byte[] body = (VALID + " ".repeat(LIMIT)).getBytes(UTF_8);
    var request = service.request("POST", "/queues/start").chunked("application/json", body);
    assertThat(request.send().status()).isEqualTo(413);
    var small =
        service.request("POST", "/queues/start").chunked("application/json", VALID.getBytes(UTF_8));
    assertThat(small.send().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "http://localhost",
        "http://127.0.0.1:1",
        "file://",
        "x y"
      })
  void a_foreign_page_changes_nothing(String origin) {
    var reply = start("Origin", origin).body("application/json", VALID).send();
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.message()).contains("ALLOWED_ORIGINS");
    assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
    var upgrade =
        service.request("GET", "/queues").header("Origin", origin).header("Upgrade", "websocket");
    assertThat(upgrade.header("Connection", "Upgrade").send().status()).isEqualTo(403);
  }

  @Test
  void a_name_that_is_none_is_nobody_s_own_page() {
    var reply = start("Origin", "null").header("Host", "under_score");
    assertThat(reply.body("application/json", VALID).send().status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-For,203.0.113.7",
    "X-Forwarded-Proto,https",
    "Forwarded,for=203.0.113.7",
    "x-forwarded-for,127.0.0.1"
  })
  void what_comes_through_a_proxy_is_refused_where_only_this_machine_may_ask(
      String header, String value) {
    for (String path : new String[] {"/queues", "/", "/health/live"}) {
      var reply = service.request("GET", path).header(header, value).send();
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.message()).contains("API_TOKENS", "ACCESS=open");
    }
  }

  @Test
  void an_own_page_may_change_things() {
    var own = "http://127.0.0.1:" + service.port();
    assertThat(start("Origin", own).body("application/json", VALID).send().status()).isEqualTo(200);
  }

  @Test
  void a_foreign_page_may_ask_but_its_browser_keeps_the_answer() {
    var reply = service.request("GET", "/queues").header("Origin", "https://evil.example").send();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void a_page_of_an_allowed_origin_may_change_things_and_read_the_answer() {
    var origin = "https://dashboard.example:8443";
    var reply = start("Origin", origin).body("application/json", VALID).send();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(origin);
    assertThat(reply.header("Vary")).isEqualTo("Origin");
    var preflight =
        service
            .request("OPTIONS", "/queues/start")
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "content-type,idempotency-key")
            .send();
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Methods")).isEqualTo("POST");
    assertThat(preflight.header("Access-Control-Allow-Headers"))
        .isEqualTo("content-type,idempotency-key");
  }

  @ParameterizedTest
  @CsvSource({
    "localhost,200",
    "LOCALHOST:1234,200",
    "127.0.0.1,200",
    "[::1]:80,200",
    "evil.example,403",
    "127.0.0.1.evil.example,403",
    "localhost.evil.example:8080,403",
    "192.168.0.1,403"
  })
  void on_loopback_only_names_of_this_machine_are_answered(String host, int status) {
    assertThat(service.request("GET", "/queues").header("Host", host).send().status())
        .isEqualTo(status);
    assertThat(service.request("GET", "/health/live").header("Host", host).send().status())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/queues", "/", "/docs/", "/nope", "/health/live", "/openapi.json"})
  void every_answer_tells_browsers_to_be_careful(String path) {
    var reply = service.get(path);
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(reply.header("Content-Security-Policy"))
        .contains("default-src 'self'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
  }

  @Test
  void the_documentation_is_a_page_of_our_own_that_links_to_the_dashboard() {
    var redirect = service.get("/docs");
    assertThat(redirect.status()).isEqualTo(302);
    assertThat(redirect.header("Location")).isEqualTo("/docs/");
    assertThat(service.get("/docs/").body())
        .contains("swagger-ui-bundle.js", "/web/css/base.css")
        .doesNotContain("<style", "style=", "<script>");
    var script = service.get("/docs/docs.js");
    assertThat(script.body()).contains("/openapi.json", "/web/shell.js");
    assertThat(script.header("Content-Type")).startsWith("text/javascript");
    var bundle = service.get("/docs/swagger-ui-bundle.js");
    assertThat(bundle.status()).isEqualTo(200);
    assertThat(bundle.body()).hasSizeGreaterThan(1_000_000);
  }

  @Test
  void a_page_that_has_not_changed_is_not_sent_again() {
    var tag = service.get("/").header("ETag");
    var reply = service.request("GET", "/").header("If-None-Match", tag).send();
    assertThat(reply.status()).isEqualTo(304);
    assertThat(reply.body()).isEmpty();
    var other = service.request("GET", "/").header("If-None-Match", "\"x\"").send();
    assertThat(other.status()).isEqualTo(200);
  }

  @Test
  void the_contract_is_served_as_json_and_as_yaml() throws Exception {
    var json = service.get("/openapi.json");
    assertThat(json.json().at("/paths/~1queues~1start/post/operationId").asText())
        .isEqualTo("start-queue");
    var yaml = service.get("/openapi.yaml");
    assertThat(yaml.header("Content-Type")).isEqualTo("application/yaml");
    var mapper = new com.fasterxml.jackson.dataformat.yaml.YAMLMapper();
    assertThat(mapper.readTree(yaml.body())).isEqualTo(json.json());
  }

  @Test
  void the_site_links_to_what_is_there() {
    assertThat(service.get("/").body()).contains("/docs/", "/openapi.json", "/metrics");
    assertThat(service.get("/index.html").body()).isEqualTo(service.get("/").body());
  }

  @Test
  void requests_are_counted_under_path_templates() {
    service.get("/queues/b927fa13-3b22-4d44-bc81-1f902a222eee");
    service.get("/queues/x?y=1");
    service.get("/never/seen");
    service.request("HUGO", "/queues/x").send();
    service.get("/docs/docs.css");
    service.get("/health/live");
    service.get("/%zz");
    await()
        .untilAsserted(
            () ->
                assertThat(metrics())
                    .contains(
                        "# HELP http_requests_total Total HTTP requests",
                        count("GET", "/queues/{queue_id}", 200),
                        count("GET", "/queues/{queue_id}", 422),
                        count("GET", "other", 404),
                        count("GET", "other", 400),
                        count("other", "/queues/{queue_id}", 405),
                        count("GET", "/docs", 200),
                        count("GET", "/health/live", 200),
                        "http_request_duration_seconds_bucket{endpoint=\"/queues/{queue_id}\",method=\"GET\",le=\"0.005\"}",
                        "jvm_memory_used_bytes")
                    .doesNotContain("b927fa13", "HUGO", "/never/seen"));
  }

  private static String metrics() {
    return service.get("/metrics").body();
  }

  private static String count(String method, String endpoint, int status) {
    return "http_requests_total{endpoint=\"%s\",http_status=\"%d\",method=\"%s\"}"
        .formatted(endpoint, status, method);
  }

  @Test
  void a_websocket_takes_no_room_of_requests() throws Exception {
    var router = service.camel().getRegistry().findSingleByType(VertxPlatformHttpRouter.class);
    var route = router.route("/socket").handler(context -> context.request().toWebSocket());
    try {
      var sockets = new ArrayList<WebSocket>();
      for (int i = 0; i < 250; i++) {
        sockets.add(
            HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(
                    URI.create("ws://127.0.0.1:" + service.port() + "/socket"),
                    new WebSocket.Listener() {})
                .get(10, SECONDS));
      }
      assertThat(service.get("/queues").status()).isEqualTo(200);
      sockets.forEach(WebSocket::abort);
      assertThat(service.get("/queues").status()).isEqualTo(200);
    } finally {
      route.remove();
    }
  }

  @Test
  void whoever_asks_on_and_reads_nothing_is_cut_off() throws Exception {
    var ask = "GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(ask.repeat(400).getBytes(UTF_8));
      await().untilAsserted(() -> assertThat(metrics()).contains("http_connections 1.0"));
      assertThat(readUntilEnd(socket.getInputStream())).isLessThan(20L << 20);
    }
  }

  private static long readUntilEnd(InputStream in) throws IOException {
    long read = 0;
    byte[] piece = new byte[64 * 1024];
    try {
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        read += length;
      }
    } catch (SocketException reset) {
      // That is an end too.
    }
    return read;
  }

  @Test
  void a_taken_port_stops_the_start() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(
              () ->
                  TestService.start(
                      taken.getLocalPort(), TestService.settings(), new TestRoutes(), Map.of()))
          .hasStackTraceContaining("127.0.0.1:" + taken.getLocalPort() + ": the port is taken");
    }
  }
}
