package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.Application;
import io.streamforge.Settings;
import io.streamforge.camel.access.NewToken;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.ServiceStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console of a whole service: who gets at it, and what they cannot see. */
class ConsoleServiceTest {
  private static final String PLANTED = "pl4nted-secret";
  private static final String ROUTES = "org.apache.camel:context=*,type=routes,name=*";
  private static final NewToken READER = NewToken.of("reader", "read");
  private static final NewToken OPERATOR = NewToken.of("operator", "operate");
  private static final NewToken ADMIN = NewToken.of("admin", "admin");

  @SuppressWarnings("NullAway.Init")
  private static RunningService service;

  @BeforeAll
  static void start() {
    service =
        RunningService.start(
            Map.of(
                "CONSOLE", "true",
                "API_TOKENS",
                    READER.entry().entry()
                        + ","
                        + OPERATOR.entry().entry()
                        + ","
                        + ADMIN.entry().entry(),
                "LLM_BASE_URL", "http://127.0.0.1:1",
                "LLM_MODEL", "none-there",
                "LLM_API_KEY", PLANTED + "-key",
                "LLM_PROXY_TOKEN", PLANTED + "-proxy",
                "SLASH_TOKENS", PLANTED + "-slash"));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static HttpRequest.Builder request(String path, @Nullable NewToken token) {
    HttpRequest.Builder request = HttpRequest.newBuilder(service.uri(path));
    return token == null ? request : request.header("Authorization", "Bearer " + token.secret());
  }

  private static JsonNode ask(NewToken token, String json) {
    HttpResponse<String> answer =
        service.send(request("/hawtio/jolokia", token).POST(BodyPublishers.ofString(json)).build());
    return RunningService.json(answer);
  }

  /** Services of other tests may live in the same JVM. */
  private static String route(String id) {
    String name = "name=\\\"" + id + "\\\"";
    String context = "context=" + service.application().camel().getManagementName();
    JsonNode found =
        ask(
            READER,
            "{\"type\":\"search\",\"mbean\":\""
                + ROUTES.replace("name=*", name).replace("context=*", context)
                + "\"}");
    return found.path("value").get(0).asText().replace("\"", "\\\"");
  }

  private static JsonNode exec(NewToken token, String operation) {
    return ask(
        token,
        "{\"type\":\"exec\",\"mbean\":\"%s\",\"operation\":\"%s\"}"
            .formatted(route("list-targets"), operation));
  }

  private static ServiceStatus status() {
    return service.application().camel().getRouteController().getRouteStatus("list-targets");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/hawtio",
        "/hawtio/",
        "/hawtio/index.html",
        "/hawtio/user",
        "/hawtio/jolokia",
        "/hawtio/jolokia/list",
        "//hawtio/jolokia/version",
        "/hawtio/./jolokia/version"
      })
  void without_credentials_nothing_of_it_is_seen(String path) {
    HttpResponse<String> answer = service.send(request(path, null).build());
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).doesNotContain("jolokia", "<html");
  }

  @Test
  void a_wrong_token_is_none() {
    HttpRequest request =
        HttpRequest.newBuilder(service.uri("/hawtio/jolokia/version"))
            .header("Authorization", "Bearer " + READER.secret() + "x")
            .build();
    assertThat(service.send(request).statusCode()).isEqualTo(401);
  }

  @Test
  void whoever_may_look_sees_the_pages_and_the_routes() {
    HttpResponse<String> page = service.send(request("/hawtio/", READER).build());
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<base href=\"/hawtio/\">");
    assertThat(service.send(request("/hawtio/user", READER).build()).body())
        .isEqualTo("\"reader\"");
    assertThat(exec(READER, "dumpRouteAsXml()").path("value").asText()).contains("list-targets");
  }

  /** The table and the pictures of routes are made of these two. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"dumpRoutesAsXml()\"",
        "\"dumpRoutesStatsAsXml(boolean,boolean)\",\"arguments\":[true,true]"
      })
  void all_routes_are_seen_at_once(String operation) {
    String context = service.application().camel().getManagementName();
    JsonNode answer =
        ask(
            READER,
            """
            {"type":"exec","mbean":"org.apache.camel:context=%s,type=context,name=\\"%s\\"","operation":%s}
            """
                .formatted(context, service.application().camel().getName(), operation));
    assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(200);
    assertThat(answer.path("value").asText())
        .contains("id=\"list-targets\"", "id=\"make-summary\"");
  }

  @Test
  void only_an_admin_stops_and_starts_a_route() {
    for (NewToken token : List.of(READER, OPERATOR)) {
      assertThat(exec(token, "stop()").path("status").asInt()).isEqualTo(403);
      assertThat(status()).isEqualTo(ServiceStatus.Started);
    }
    assertThat(exec(ADMIN, "stop()").path("status").asInt()).isEqualTo(200);
    assertThat(status()).isEqualTo(ServiceStatus.Stopped);
    assertThat(exec(ADMIN, "start()").path("status").asInt()).isEqualTo(200);
    assertThat(status()).isEqualTo(ServiceStatus.Started);
  }

  /** Browsers send a GET for any page, with the cookie of a login. */
  @Test
  void not_even_an_admin_changes_anything_with_a_get() {
    String route = route("list-targets").replace("\\\"", "%22");
    String path = "/hawtio/jolokia/exec/" + route + "/stop()";
    HttpResponse<String> answer = service.send(request(path, ADMIN).build());
    assertThat(RunningService.json(answer).path("status").asInt()).as(answer.body()).isEqualTo(403);
    assertThat(status()).isEqualTo(ServiceStatus.Started);
  }

  @Test
  void a_page_of_another_origin_cannot_ask_even_with_credentials() {
    HttpRequest request =
        request("/hawtio/jolokia", ADMIN)
            .header("Origin", "https://evil.example")
            .POST(BodyPublishers.ofString("{\"type\":\"version\"}"))
            .build();
    assertThat(service.send(request).statusCode()).isEqualTo(403);
  }

  @Test
  void no_bean_that_is_seen_shows_a_secret() {
    JsonNode all = ask(READER, "{\"type\":\"search\",\"mbean\":\"*:*\"}").path("value");
    assertThat(all).hasSizeGreaterThan(100);
    StringBuilder bulk = new StringBuilder("[");
    for (JsonNode bean : all) {
      if (bean.asText().startsWith("org.apache.camel:")) {
        String name = bean.asText().replace("\\", "\\\\").replace("\"", "\\\"");
        bulk.append("{\"type\":\"read\",\"config\":{\"ignoreErrors\":true},\"mbean\":\"")
            .append(name)
            .append("\"},");
      }
    }
    bulk.setCharAt(bulk.length() - 1, ']');
    String seen = ask(READER, bulk.toString()).toString();
    assertThat(seen).contains("EndpointUri").doesNotContain(PLANTED);
    assertThat(ask(READER, "{\"type\":\"list\"}").toString()).doesNotContain(PLANTED);
  }

  /** The pages ask for it, and it is made in memory, several times as large as it is sent. */
  @Test
  void the_list_of_all_beans_is_small_enough_for_a_small_heap() {
    HttpResponse<String> list = service.send(request("/hawtio/jolokia/list", READER).build());
    assertThat(list.statusCode()).isEqualTo(200);
    assertThat(list.body().length()).isBetween(100_000, 8_000_000);
    assertThat(list.body()).doesNotContain("type=processors", "type=producers", "type=consumers");
  }

  @Test
  void without_tokens_it_does_not_start() throws Exception {
    Map<String, String> environment = new HashMap<>(RunningService.environment());
    environment.put("CONSOLE", "true");
    Settings settings = Settings.load(Path.of(""), environment);
    assertThatThrownBy(() -> Application.prepare(settings))
        .isInstanceOf(Settings.WrongSettingException.class)
        .hasMessageContaining("CONSOLE=true")
        .hasMessageContaining("API_TOKENS");
    environment.put("ACCESS", "open");
    assertThatThrownBy(() -> Application.prepare(Settings.load(Path.of(""), environment)))
        .hasMessageContaining("never served without credentials");
  }
}
