package io.streamforge.camel.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.camel.console.Console.Visitor;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.camel.ServiceStatus;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console as somebody who may look, and somebody who may change things, finds it. */
class ConsoleTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String READER = "reader";
  private static final String ADMIN = "admin";
  private static final String ROUTE =
      "org.apache.camel:context=console-test,name=\\\"hello\\\",type=routes";

  @SuppressWarnings("NullAway.Init")
  private static DefaultCamelContext camel;

  @SuppressWarnings("NullAway.Init")
  private static Vertx vertx;

  @SuppressWarnings("NullAway.Init")
  private static Console console;

  private static int port;

  @BeforeAll
  static void start() throws Exception {
    camel = new DefaultCamelContext();
    camel.getCamelContextExtension().setName("console-test");
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:hello").routeId("hello").log("hello");
          }
        });
    camel.start();
    vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    console = new Console(vertx, ConsoleTest::visitor);
    console.serve(router);
    port =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS)
            .actualPort();
  }

  private static Visitor visitor(RoutingContext context) {
    String name = Objects.requireNonNullElse(context.request().getHeader("X-Visitor"), READER);
    return new Visitor(name, name.equals(ADMIN));
  }

  @AfterAll
  static void stop() throws Exception {
    console.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    camel.stop();
  }

  @BeforeEach
  void run() throws Exception {
    camel.getRouteController().resumeRoute("hello");
    camel.getRouteController().startRoute("hello");
  }

  private static HttpResponse<String> get(String visitor, String path) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + port + "/hawtio" + path);
    return HTTP.send(
        HttpRequest.newBuilder(address).header("X-Visitor", visitor).build(),
        BodyHandlers.ofString());
  }

  private static JsonNode ask(String visitor, String json) throws Exception {
    URI address = URI.create("http://127.0.0.1:" + port + "/hawtio/jolokia");
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("X-Visitor", visitor)
            .POST(BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    return JSON.readTree(answer.body());
  }

  private static String read(String bean, String attribute) {
    return "{\"type\":\"read\",\"mbean\":\"%s\",\"attribute\":\"%s\"}".formatted(bean, attribute);
  }

  private static String exec(String bean, String operation, String... arguments) {
    return "{\"type\":\"exec\",\"mbean\":\"%s\",\"operation\":\"%s\",\"arguments\":[%s]}"
        .formatted(bean, operation, String.join(",", arguments));
  }

  private static ServiceStatus status() {
    return camel.getRouteController().getRouteStatus("hello");
  }

  @ParameterizedTest
  @ValueSource(strings = {READER, ADMIN})
  void routes_and_their_figures_are_seen(String visitor) throws Exception {
    assertThat(ask(visitor, read(ROUTE, "State")).path("value").asText()).isEqualTo("Started");
    assertThat(ask(visitor, exec(ROUTE, "dumpRouteAsXml()")).path("value").asText())
        .contains("direct:hello");
    String threads = "java.lang:type=Threading";
    assertThat(ask(visitor, read(threads, "ThreadCount")).path("value").asInt()).isPositive();
    String inflight =
        "org.apache.camel:context=console-test,name=DefaultInflightRepository,type=services";
    assertThat(ask(visitor, exec(inflight, "browse()")).path("status").asInt()).isEqualTo(200);
  }

  @Test
  void an_admin_stops_starts_and_suspends_a_route() throws Exception {
    assertThat(ask(ADMIN, exec(ROUTE, "stop()")).path("status").asInt()).isEqualTo(200);
    assertThat(status()).isEqualTo(ServiceStatus.Stopped);
    assertThat(ask(ADMIN, exec(ROUTE, "start()")).path("status").asInt()).isEqualTo(200);
    assertThat(status()).isEqualTo(ServiceStatus.Started);
    assertThat(ask(ADMIN, exec(ROUTE, "suspend()")).path("status").asInt()).isEqualTo(200);
    assertThat(status()).isEqualTo(ServiceStatus.Suspended);
    assertThat(ask(ADMIN, exec(ROUTE, "resume()")).path("status").asInt()).isEqualTo(200);
    assertThat(status()).isEqualTo(ServiceStatus.Started);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stop",
        "stop()",
        "stop(long)",
        "stop(java.lang.Long)",
        "start()",
        "suspend()",
        "resume()",
        "restart()",
        "remove()",
        "reset(boolean)",
        "updateRouteFromXml(java.lang.String)"
      })
  void a_reader_changes_nothing(String operation) throws Exception {
    assertThat(ask(READER, exec(ROUTE, operation)).path("status").asInt()).isEqualTo(403);
    assertThat(status()).isEqualTo(ServiceStatus.Started);
  }

  @Test
  void a_reader_changes_nothing_by_a_path_or_amid_a_bulk_either() throws Exception {
    String path =
        "/jolokia/exec/org.apache.camel:context=console-test,type=routes,name=%22hello%22";
    assertThat(JSON.readTree(get(READER, path + "/stop()").body()).path("status").asInt())
        .isEqualTo(403);
    JsonNode bulk = ask(READER, "[" + read(ROUTE, "State") + "," + exec(ROUTE, "stop()") + "]");
    assertThat(bulk.get(0).path("status").asInt()).isEqualTo(200);
    assertThat(bulk.get(1).path("status").asInt()).isEqualTo(403);
    assertThat(status()).isEqualTo(ServiceStatus.Started);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exec|com.sun.management:type=HotSpotDiagnostic|dumpHeap",
        "exec|com.sun.management:type=DiagnosticCommand|vmSystemProperties",
        "exec|java.lang:type=Memory|gc",
        "exec|java.lang:type=Threading|resetPeakThreadCount",
        "exec|java.util.logging:type=Logging|setLoggerLevel",
        "exec|JMImplementation:type=MBeanServerDelegate|any",
        "exec|org.apache.camel:context=console-test,name=\\\"console-test\\\",type=context|sendBody",
        "exec|org.apache.camel:context=console-test,name=\\\"console-test\\\",type=context|createEndpoint",
        "exec|org.apache.camel:context=console-test,name=\\\"console-test\\\",type=context|stop",
        "exec|org.apache.camel:context=console-test,name=BacklogTracer,type=tracer|dumpAllTracedMessagesAsXml",
        "exec|org.apache.camel:context=console-test,name=BacklogDebugger,type=tracer|enableDebugger",
        "exec|org.apache.camel:context=console-test,name=\\\"direct://hello\\\",type=endpoints|browseAllMessagesAsXml",
        "exec|org.apache.camel:context=console-test,name=\\\"hello\\\",type=routes|remove",
        "exec|org.apache.camel:context=console-test,name=\\\"hello\\\",type=routes|updateRouteFromXml",
        "read|java.lang:type=Runtime|SystemProperties",
        "read|java.lang:type=Runtime|InputArguments",
        "read|org.apache.camel:context=console-test,name=BacklogTracer,type=tracer|Enabled",
        "read|com.sun.management:type=HotSpotDiagnostic|DiagnosticOptions",
        "read|org.apache.camel:context=console-test,name=\\\"log1\\\",type=processors|State",
        "read|*:*|Name",
        "read|java.lang:*|Name",
        "write|java.lang:type=Memory|Verbose",
        "write|org.apache.camel:context=console-test,name=\\\"hello\\\",type=routes|StatisticsEnabled"
      })
  void what_the_policy_forbids_it_forbids_an_admin_too(String type, String bean, String what)
      throws Exception {
    String request =
        switch (type) {
          case "exec" -> exec(bean, what);
          case "read" -> read(bean, what);
          default -> read(bean, what).replace("read", "write").replace("}", ",\"value\":true}");
        };
    JsonNode answer = ask(ADMIN, request);
    assertThat(answer.path("status").asInt()).as(answer.toString()).isEqualTo(403);
    assertThat(answer.has("value")).isFalse();
  }

  @Test
  void ignoring_errors_shows_no_more() throws Exception {
    String all = "{\"type\":\"read\",\"mbean\":\"%s\",\"config\":{\"ignoreErrors\":true}}";
    assertThat(ask(ADMIN, all.formatted("*:*")).path("status").asInt()).isEqualTo(403);
    JsonNode runtime = ask(ADMIN, all.formatted("java.lang:type=Runtime")).path("value");
    assertThat(runtime.path("VmName").asText()).isNotEmpty();
    assertThat(runtime.path("SystemProperties").toString()).doesNotContain("java.home");
    assertThat(runtime.path("InputArguments").isArray()).isFalse();
  }

  @Test
  void lists_and_searches_name_only_what_may_be_seen() throws Exception {
    List<String> domains = new ArrayList<>();
    ask(READER, "{\"type\":\"list\"}").path("value").fieldNames().forEachRemaining(domains::add);
    assertThat(domains)
        .contains("org.apache.camel", "java.lang")
        .isSubsetOf("org.apache.camel", "java.lang", "java.nio", "io.streamforge");
    JsonNode found = ask(READER, "{\"type\":\"search\",\"mbean\":\"*:*\"}").path("value");
    assertThat(found).isNotEmpty();
    assertThat(found.toString())
        .contains("hello")
        .doesNotContain("type=tracer", "HotSpotDiagnostic", "jolokia", "JMImplementation");
    assertThat(ask(READER, "{\"type\":\"list\",\"path\":\"com.sun.management\"}").toString())
        .doesNotContain("dumpHeap");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"notification\",\"command\":\"register\"}",
        "{\"type\":\"read\",\"mbean\":\"java.lang:type=Memory\",\"target\":{\"url\":\"service:jmx:rmi:///jndi/rmi://127.0.0.1:1/jmxrmi\"}}",
        "{\"type\":\"nonsense\"}",
        "[1]",
        "no json",
        ""
      })
  void other_requests_are_refused(String request) throws Exception {
    JsonNode answer = ask(ADMIN, request);
    assertThat(answer.path("status").asInt()).as(answer.toString()).isBetween(400, 599);
    assertThat(answer.toString()).doesNotContain("\"stacktrace\"", "HeapMemoryUsage");
  }

  @Test
  void the_pages_are_there_under_a_policy_of_their_own() throws Exception {
    for (String path : List.of("", "/", "/camel/routes")) {
      HttpResponse<String> page = get(READER, path);
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("<base href=\"/hawtio/\">");
      assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'self'")
          .doesNotContain("script-src", "unsafe-eval", "*");
    }
    assertThat(get(READER, "/img/hawtio-logo.svg").headers().firstValue("Content-Type"))
        .contains("image/svg+xml");
    assertThat(get(READER, "/user").body()).isEqualTo("\"reader\"");
    assertThat(get(READER, "/plugin").body()).isEqualTo("[]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nope.js",
        "/../application.properties",
        "/%2e%2e/log4j2.xml",
        "/..%2flog4j2.xml",
        "/static/../../log4j2.xml",
        "/WEB-INF/web.xml"
      })
  void nothing_else_is_served(String path) throws Exception {
    assertThat(get(ADMIN, path).statusCode()).isEqualTo(404);
  }
}
