package io.streamforge.camel.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveSocketAdmissionTest {

  private final LiveSocketServer server = new LiveSocketServer(Map.of("max.clients", "3"));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void what_is_wrong_in_the_query_is_answered_with_every_fault() throws Exception {
    try (RawPeer peer = server.raw("?format=xml&since=-1&id=&other=1")) {
      assertThat(peer.readUntil("]}}"))
          .startsWith("HTTP/1.1 422 ")
          .containsIgnoringCase("content-type: application/json")
          .endsWith(
              "{\"status\":\"error\","
                  + "\"message\":\"Correct the query parameters that data.errors names\","
                  + "\"data\":{\"errors\":["
                  + "{\"field\":\"other\",\"message\":\"is not a parameter of this request\"},"
                  + "{\"field\":\"format\",\"message\":\"must be one of text, json\"},"
                  + "{\"field\":\"id\",\"message\":\"must not be empty\"},"
                  + "{\"field\":\"since\","
                  + "\"message\":\"must be a whole number that is not negative\"}]}}");
    }
    assertThat(server.clients()).isZero();
  }

  @Test
  void a_parameter_that_counts_once_is_refused_when_given_twice() throws Exception {
    try (RawPeer peer = server.raw("?since=1&since=2&format=text&format=json")) {
      assertThat(peer.readUntil("]}}"))
          .startsWith("HTTP/1.1 422 ")
          .contains("{\"field\":\"since\",\"message\":\"must be given once\"}")
          .contains("{\"field\":\"format\",\"message\":\"must be given once\"}");
    }
  }

  @Test
  void the_route_may_refuse_a_client() {
    assertThat(server.refusal("?id=forbidden")).isEqualTo(403);
    await().until(() -> server.clients() == 0);
  }

  @Test
  void a_route_that_fails_lets_nobody_in() {
    assertThat(server.refusal("?id=broken")).isEqualTo(500);
    await().until(() -> server.clients() == 0);
  }

  @Test
  void a_request_without_upgrade_is_told_to_upgrade() throws Exception {
    HttpResponse<String> get = server.plain("GET");

    assertThat(get.statusCode()).isEqualTo(426);
    assertThat(get.headers().firstValue("Upgrade")).contains("websocket");
    assertThat(get.body())
        .isEqualTo(
            "{\"status\":\"error\",\"message\":"
                + "\"This is a WebSocket: connect to it with an Upgrade request\",\"data\":{}}");
    assertThat(server.plain("POST").statusCode()).isEqualTo(405);
  }

  @Test
  void handlers_added_later_do_not_get_the_path() throws Exception {
    server.router().route().handler(context -> context.response().setStatusCode(404).end());

    assertThat(server.plain("GET").statusCode()).isEqualTo(426);
    server.connect("").awaitTexts("hello text");
  }

  @Test
  void handlers_of_a_lower_order_are_asked_first() {
    server
        .router()
        .route()
        .order(-1000)
        .handler(context -> context.response().setStatusCode(403).end());

    assertThat(server.refusal("")).isEqualTo(403);
  }

  @Test
  void more_clients_than_allowed_are_refused_until_one_leaves() {
    List<TestClient> clients = server.connect(3);

    assertThat(server.refusal("")).isEqualTo(503);

    clients.get(0).socket().sendClose(1000, "").join();
    await().until(() -> server.clients() == 2);
    server.connect("").awaitTexts("hello text");
  }

  @Test
  void a_client_that_offers_to_compress_is_not_taken_up_on_it() throws Exception {
    try (RawPeer peer = server.raw("", "Sec-WebSocket-Extensions: permessage-deflate\r\n")) {
      assertThat(peer.readUntil("hello text"))
          .startsWith("HTTP/1.1 101 ")
          .doesNotContainIgnoringCase("deflate");
    }
  }

  @Test
  void its_meters_are_there_before_anything_has_happened() {
    PrometheusMeterRegistry meters =
        server.camel().getRegistry().findSingleByType(PrometheusMeterRegistry.class);

    assertThat(meters.scrape())
        .contains("live_socket_clients{path=\"/ws/topic\"} 0.0")
        .contains("live_socket_dropped_total{path=\"/ws/topic\"} 0.0");
  }
}
