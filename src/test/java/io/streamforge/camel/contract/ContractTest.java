package io.streamforge.camel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.streamforge.camel.edge.RawHttp;
import io.streamforge.camel.edge.TestRoutes;
import io.streamforge.camel.edge.TestService;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContractTest {
  private static final String VALID =
      """
      {"symbol":"BTCUSDT","type":"api","time_range":"2024-01-01:2024-01-03"}""";

  private static TestService service;

  @BeforeAll
  static void start() {
    BodyRule rule =
        body ->
            body.path("symbol").asText().equals("RULED")
                ? List.of(
                    new Fault("symbol", "is not traded"), new Fault("type", "is not known here"))
                : List.of();
    service = TestService.start(new TestRoutes(), Map.of("start-queue-rule", rule));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static RawHttp.Reply startQueue(String json) {
    return service.post("/queues/start", json);
  }

  @Test
  void a_request_reaches_the_route_of_its_operation_with_its_body_as_a_tree() {
    var reply = startQueue(VALID);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.header("Content-Length")).isNotEmpty();
    assertThat(reply.json().path("operation").asText()).isEqualTo("start-queue");
    assertThat(reply.json().path("body_class").asText()).isEqualTo("ObjectNode");
    assertThat(reply.json().at("/body/symbol").asText()).isEqualTo("BTCUSDT");
  }

  @ParameterizedTest
  @CsvSource({
    "/queues,list-queues",
    "/queues/abc,show-queue",
    "/queues/start1,show-queue",
    "/queues/abc/events,show-history"
  })
  void a_path_is_answered_by_its_own_operation(String path, String operation) {
    assertThat(service.get(path).json().path("operation").asText()).isEqualTo(operation);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "   ", "{", "{\"a\":1}x", "{\"a\":1,\"a\":2}", "{\"a\":1}{}", "nul", "\u0000"})
  void a_body_that_is_not_one_json_value_is_400(String body) {
    var reply = startQueue(body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().path("status").asText()).isEqualTo("error");
    assertThat(reply.json().path("data").isObject()).isTrue();
    assertThat(reply.message()).startsWith("The body is").doesNotContain("fasterxml");
  }

  @Test
  void a_body_that_is_not_utf_8_is_400() {
    byte[] body = "{\"symbol\":\"\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
    var reply = service.request("POST", "/queues/start").body("application/json", body).send();
    assertThat(reply.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "7", "\"x\""})
  void json_that_is_not_an_object_is_422(String body) {
    var reply = startQueue(body);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.fault("body")).isEqualTo("must be a JSON object");
  }

  @Test
  void every_fault_of_body_and_query_is_in_one_answer() {
    var reply =
        service.post(
            "/queues/start?dry_run=maybe&foo=1",
            """
            {"symbol":"B!","bad":1,"requests":[{"target":"loader-producer"},{"target":7,"type":"x y","bad":true},3,
             {"target":"a","type":"t","collection_inputs":["a","a"],"interval":"0m"}]}""");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.faultyFields())
        .containsExactlyInAnyOrder(
            "dry_run",
            "foo",
            "time_range",
            "symbol",
            "bad",
            "requests[0].type",
            "requests[1].target",
            "requests[1].type",
            "requests[1].bad",
            "requests[2]",
            "requests[3].collection_inputs",
            "requests[3].interval");
    assertThat(reply.message()).contains("12 fields");
    assertThat(reply.fault("symbol"))
        .isEqualTo("must be 2 to 20 letters and digits, such as BTCUSDT");
    assertThat(reply.fault("time_range")).isEqualTo("is required");
    assertThat(reply.fault("dry_run")).isEqualTo("must be true or false");
    assertThat(reply.fault("requests[1].target")).isEqualTo("must be a text");
    assertThat(reply.fault("requests[2]")).isEqualTo("must be a JSON object");
    assertThat(reply.fault("bad")).startsWith("is not a known field: remove it (known: symbol,");
  }

  @Test
  void of_very_many_faults_the_first_thousand_are_listed() {
    var fields =
        IntStream.range(0, 5000)
            .mapToObj(i -> "\"f" + i + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    var reply = startQueue(fields);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.faultyFields()).hasSize(1001);
    assertThat(reply.fault("body")).isEqualTo("has 4003 more faults");
  }

  @Test
  void json_nested_too_deeply_is_400() {
    var reply = startQueue("[".repeat(100_000));
    assertThat(reply.status()).isEqualTo(400);
  }

  @Test
  void requests_and_microservices_do_not_go_together() {
    var steps = "[{\"target\":\"loader-producer\",\"type\":\"ws\"}]";
    var base = "{\"symbol\":\"BTCUSDT\",\"time_range\":\"2024-01-01:2024-01-01\",";
    var both = startQueue(base + "\"requests\":" + steps + ",\"microservices\":" + steps + "}");
    assertThat(both.status()).isEqualTo(422);
    assertThat(both.fault("microservices")).contains("send one of them");
    assertThat(startQueue(base + "\"microservices\":" + steps + "}").status()).isEqualTo(200);
  }

  @Test
  void a_line_feed_behind_a_value_is_a_fault() {
    var reply = startQueue(VALID.replace("01-03", "01-03\\n"));
    assertThat(reply.faultyFields()).containsExactly("time_range");
  }

  @Test
  void a_rule_adds_its_faults_to_those_of_the_schema() {
    var reply = startQueue("{\"symbol\":\"RULED\",\"type\":\"x y\"}");
    assertThat(reply.faultyFields()).containsExactlyInAnyOrder("symbol", "type", "time_range");
    assertThat(reply.fault("symbol")).isEqualTo("is not traded");
    assertThat(reply.fault("type")).startsWith("must be");
  }

  @Test
  void a_body_can_be_checked_without_http() {
    var contract = service.camel().getRegistry().lookupByNameAndType("contract", Contract.class);
    byte[] faulty = "{\"symbol\":\"RULED\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(contract.check("start-queue", StrictJson.read(faulty)))
        .extracting(Fault::field)
        .containsExactlyInAnyOrder("symbol", "type", "time_range");
    byte[] valid = VALID.getBytes(StandardCharsets.UTF_8);
    assertThat(contract.check("start-queue", StrictJson.read(valid))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonp"})
  void another_content_type_is_415(String type) {
    var reply = service.request("POST", "/queues/start").body(type, "{\"x\":1}=").send();
    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.message()).isEqualTo("Send the body as application/json");
  }

  @Test
  void a_body_without_a_content_type_is_415_also_where_it_is_optional() {
    var reply = service.request("POST", "/queues/stop").untyped("{}").send();
    assertThat(reply.status()).isEqualTo(415);
  }

  @Test
  void an_optional_body_may_be_missing() {
    var reply = service.request("POST", "/queues/stop?queue_id=a").send();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("body_class").asText()).isEqualTo("null");
    assertThat(reply.json().at("/headers/queue_id").asText()).isEqualTo("a");
    assertThat(reply.json().at("/headers/wait").asText()).isEqualTo("0");
  }

  @Test
  void a_content_type_with_a_charset_is_fine() {
    var reply =
        service
            .request("POST", "/queues/start")
            .body("Application/JSON; charset=utf-8", VALID)
            .send();
    assertThat(reply.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE|/queues/start|OPTIONS, POST",
        "GET|/queues/stop|OPTIONS, POST",
        "POST|/queues|GET, HEAD, OPTIONS",
        "PUT|/queues/x|GET, HEAD, OPTIONS",
        "FOO|/queues/x/events|GET, HEAD, OPTIONS",
        "POST|/health/live|GET, HEAD, OPTIONS",
        "POST|/docs|GET, HEAD, OPTIONS",
        "POST|/|GET, HEAD, OPTIONS",
        "POST|/metrics|GET, HEAD, OPTIONS"
      })
  void a_wrong_method_is_405_and_told_the_right_ones(String method, String path, String allowed) {
    var reply = service.request(method, path).send();
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).isEqualTo(allowed);
    assertThat(reply.message()).contains(allowed);
    var options = service.request("OPTIONS", path).send();
    assertThat(options.status()).isEqualTo(204);
    assertThat(options.header("Allow")).isEqualTo(allowed);
    assertThat(options.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/queues", "/queues/abc", "/health/live", "/", "/docs/", "/metrics"})
  void head_is_get_without_the_body(String path) {
    var reply = service.request("HEAD", path).send();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
    assertThat(reply.header("Content-Type")).isEqualTo(service.get(path).header("Content-Type"));
  }

  @Test
  void parameters_come_from_their_own_place_only() {
    var reply =
        service
            .request("GET", "/queues/real")
            .header("queue_id", "evil")
            .header("CamelHttpResponseCode", "299")
            .header("kafka.KEY", "evil")
            .header("Idempotency-Key", "k")
            .send();
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().at("/headers/queue_id").asText()).isEqualTo("real");
    assertThat(reply.body()).doesNotContain("evil").doesNotContain("Idempotency-Key");
    var query = service.get("/queues/real?queue_id=evil");
    assertThat(query.status()).isEqualTo(422);
    assertThat(query.faultyFields()).containsExactly("queue_id");
    var key = service.post("/queues/start?Idempotency-Key=evil", VALID);
    assertThat(key.faultyFields()).containsExactly("Idempotency-Key");
  }

  @Test
  void nothing_of_a_request_comes_back_as_a_header() {
    var reply =
        service
            .request("GET", "/queues/a")
            .header("Set-Cookie", "x=y")
            .header("X-Evil", "1")
            .send();
    assertThat(reply.header("Set-Cookie")).isEmpty();
    assertThat(reply.header("X-Evil")).isEmpty();
    assertThat(reply.header("queue_id")).isEmpty();
    assertThat(reply.header("Link")).isEqualTo("</queues?cursor=x>; rel=\"next\"");
    var query = service.get("/queues?Set-Cookie=a%3Db&Content-Type=text/evil");
    assertThat(query.status()).isEqualTo(422);
    assertThat(query.header("Set-Cookie")).isEmpty();
    assertThat(query.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void a_path_parameter_is_decoded_once() {
    assertThat(service.get("/queues/a%2Fb+c%2541").json().at("/headers/queue_id").asText())
        .isEqualTo("a/b+c%41");
  }

  @Test
  void a_parameter_is_a_list_only_where_the_contract_says_so() {
    var lists = service.get("/queues?status=loading&status=error&symbol=btcusdt&limit=5");
    assertThat(lists.status()).isEqualTo(200);
    assertThat(lists.json().at("/headers/status").asText()).isEqualTo("[loading, error]");
    assertThat(lists.json().at("/headers/symbol").asText()).isEqualTo("[btcusdt]");
    assertThat(lists.json().at("/headers/limit").asText()).isEqualTo("5");
    assertThat(service.get("/queues?limit=5&limit=6").fault("limit"))
        .isEqualTo("is given more than once");
    var key =
        service
            .request("POST", "/queues/start")
            .header("Idempotency-Key", "a")
            .header("Idempotency-Key", "b")
            .body("application/json", VALID)
            .send();
    assertThat(key.fault("Idempotency-Key")).isEqualTo("is given more than once");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "limit=0|limit|must be at least 1",
        "limit=1001|limit|must be at most 1000",
        "limit=1e400|limit|must be an integer",
        "limit=99999999999999999999|limit|must be an integer",
        "limit=|limit|must be an integer",
        "status=x|status[0]|must be one of pending, loading, stopping, finished, stopped, error",
        "symbol=%20|symbol[0]|must be 2 to 20 letters and digits, such as BTCUSDT",
        "cursor=|cursor|must have at least 1 characters",
        "a;b=1|a;b|is not a parameter of this request: remove it"
      })
  void a_faulty_parameter_is_422(String query, String field, String message) {
    var reply = service.get("/queues?" + query);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.fault(field)).isEqualTo(message);
  }

  @Test
  void an_id_may_be_anything_up_to_64_characters() {
    assertThat(service.get("/queues/" + "x".repeat(64)).status()).isEqualTo(200);
    assertThat(service.get("/queues/" + "x".repeat(65)).status()).isEqualTo(422);
  }

  @Test
  void a_query_that_cannot_be_decoded_is_400() {
    assertThat(service.get("/queues?limit=%zz").status()).isEqualTo(400);
    assertThat(service.get("/health/live?x=%zz").status()).isEqualTo(400);
  }

  @Test
  void a_refusal_of_a_route_is_its_answer() {
    var reply = startQueue(VALID.replace("BTCUSDT", "REFUSE"));
    assertThat(reply.status()).isEqualTo(429);
    assertThat(reply.header("Retry-After")).isEqualTo("7");
    assertThat(reply.body())
        .isEqualTo("{\"status\":\"error\",\"message\":\"Too many jobs are live\",\"data\":{}}");
  }

  @Test
  void a_store_out_of_reach_is_503() {
    var reply = startQueue(VALID.replace("BTCUSDT", "DOWN"));
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.header("Retry-After")).isEqualTo("5");
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.json().path("status").asText()).isEqualTo("error");
  }

  @Test
  void any_other_failure_is_500_with_an_id_and_no_detail() {
    var reply = startQueue(VALID.replace("BTCUSDT", "BROKEN"));
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.message()).matches(".*look for [0-9A-F-]{10,} in the log.*");
    assertThat(reply.body()).doesNotContain("secret").doesNotContain("Exception");
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void a_contract_that_was_stopped_serves_again_once_started() throws Exception {
    service.camel().getRouteController().stopRoute("queue-api");
    try {
      assertThat(service.get("/queues").status()).isEqualTo(404);
    } finally {
      service.camel().getRouteController().startRoute("queue-api");
    }
    var before = asked();
    assertThat(service.get("/queues").status()).isEqualTo(200);
    assertThat(asked()).as("not obeyed twice").isEqualTo(before + 1);
    assertThat(service.get("/health/live").status()).isEqualTo(200);
    assertThat(service.get("/queues?x=1").status()).isEqualTo(422);
    assertThat(service.get("/queues/start").status()).isEqualTo(405);
  }

  private static double asked() {
    return service
        .camel()
        .getRegistry()
        .findSingleByType(MeterRegistry.class)
        .get("camel.exchanges.total")
        .tag("routeId", "list-queues")
        .counter()
        .count();
  }

  @Test
  void health_takes_no_parameters() {
    var reply = service.get("/health/live?x=1");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.faultyFields()).containsExactly("x");
  }
}
