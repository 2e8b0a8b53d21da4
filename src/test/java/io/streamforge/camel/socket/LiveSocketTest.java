package io.streamforge.camel.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.camel.socket.LiveSocketServer.TestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveSocketTest {

  private LiveSocketServer server;

  @BeforeEach
  void start() {
    server = new LiveSocketServer(Map.of("replay", "5", "max.clients", "250"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_client_is_greeted_and_then_gets_the_frames_in_its_format() {
    TestClient text = server.connect("");
    TestClient json = server.connect("?format=json");

    server.tell(1, "a", "one");

    awaitTexts(text, "hello text", "one");
    awaitTexts(json, "hello json", "{\"text\":\"one\"}");
  }

  @Test
  void a_client_gets_the_frames_with_its_keys_only_and_those_for_everybody() {
    TestClient filtered = server.connect("?id=a&id=b");
    TestClient unfiltered = server.connect("");

    server.tell(1, "a", "one");
    server.tell(2, "c", "two");
    server.tell(3, "b", "three");
    server.send("beat");

    awaitTexts(filtered, "hello text", "one", "three", "beat");
    awaitTexts(unfiltered, "hello text", "one", "two", "three", "beat");
  }

  @Test
  void a_client_that_comes_back_gets_what_it_missed_and_no_gap() {
    server.tell(3, "a", "three");
    server.tell(5, "b", "five");
    server.tell(8, "a", "eight");
    server.send("beat");

    TestClient client = server.connect("?since=3");
    TestClient filtered = server.connect("?since=3&id=a");
    TestClient newest = server.connect("?since=8");
    TestClient without = server.connect("");
    server.tell(9, "a", "nine");

    awaitTexts(client, "hello text", "five", "eight", "nine");
    awaitTexts(filtered, "hello text", "eight", "nine");
    awaitTexts(newest, "hello text", "nine");
    awaitTexts(without, "hello text", "nine");
  }

  @Test
  void a_client_is_told_when_the_replay_does_not_reach_back_far_enough() {
    server.send(LongStream.rangeClosed(1, 8).mapToObj(LiveSocketTest::numbered).toList());

    TestClient tooLate = server.connect("?since=2");
    TestClient justInTime = server.connect("?since=3");
    TestClient beyond = server.connect("?since=9");

    awaitTexts(tooLate, "hello text", "gap after 2, whole from 4", "4", "5", "6", "7", "8");
    awaitTexts(justInTime, "hello text", "4", "5", "6", "7", "8");
    awaitTexts(beyond, "hello text", "gap after 9, whole from 4");
  }

  @Test
  void a_client_is_told_a_gap_while_nothing_is_known() {
    TestClient client = server.connect("?since=0");

    awaitTexts(client, "hello text", "gap after 0, whole from ");
  }

  @Test
  void a_frame_that_is_read_again_is_not_sent_again() {
    TestClient client = server.connect("");
    server.tell(1, "a", "one");
    server.tell(2, "a", "two");

    server.tell(1, "a", "one");
    server.tell(2, "a", "two");
    server.tell(3, "a", "three");

    awaitTexts(client, "hello text", "one", "two", "three");
  }

  @Test
  void a_source_that_begins_anew_is_followed() {
    TestClient client = server.connect("");
    server.tell(1, "a", "one");
    server.tell(2, "a", "two");

    server.tell(1, "a", "another one");

    awaitTexts(client, "hello text", "one", "two", "another one");
    awaitTexts(server.connect("?since=2"), "hello text", "gap after 2, whole from 1");
    awaitTexts(server.connect("?since=0"), "hello text", "another one");
  }

  @Test
  void what_is_wrong_in_the_query_is_answered_with_every_fault() throws Exception {
    String answer = rawAnswer("?format=xml&since=-1&id=&other=1");

    assertThat(answer)
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
    assertThat(server.clients()).isZero();
  }

  @Test
  void a_parameter_that_counts_once_is_refused_when_given_twice() throws Exception {
    assertThat(rawAnswer("?since=1&since=2&format=text&format=json"))
        .startsWith("HTTP/1.1 422 ")
        .contains("{\"field\":\"since\",\"message\":\"must be given once\"}")
        .contains("{\"field\":\"format\",\"message\":\"must be given once\"}");
  }

  @Test
  void the_route_may_refuse_a_client() {
    assertThat(refusal("?id=forbidden").statusCode()).isEqualTo(403);
    await().until(() -> server.clients() == 0);
  }

  @Test
  void a_route_that_fails_lets_nobody_in() {
    assertThat(refusal("?id=broken").statusCode()).isEqualTo(500);
    await().until(() -> server.clients() == 0);
  }

  @Test
  void a_request_without_upgrade_is_told_to_upgrade() throws Exception {
    HttpResponse<String> get = plain("GET");

    assertThat(get.statusCode()).isEqualTo(426);
    assertThat(get.headers().firstValue("Upgrade")).contains("websocket");
    assertThat(get.body())
        .isEqualTo(
            "{\"status\":\"error\",\"message\":"
                + "\"This is a WebSocket: connect to it with an Upgrade request\",\"data\":{}}");
    assertThat(plain("POST").statusCode()).isEqualTo(405);
  }

  @Test
  void handlers_added_later_do_not_get_the_path() throws Exception {
    server.router().route().handler(context -> context.response().setStatusCode(404).end());

    assertThat(plain("GET").statusCode()).isEqualTo(426);
    awaitTexts(server.connect(""), "hello text");
  }

  @Test
  void handlers_of_a_lower_order_are_asked_first() {
    server
        .router()
        .route()
        .order(-1000)
        .handler(context -> context.response().setStatusCode(403).end());

    assertThat(refusal("").statusCode()).isEqualTo(403);
  }

  @Test
  void a_route_that_is_stopped_disconnects_its_clients_and_refuses_until_it_is_started()
      throws Exception {
    TestClient client = server.connect("");
    server.tell(1, "a", "one");

    server.camel().getRouteController().stopRoute("watch");

    await().until(() -> client.closeCode() == 1001);
    await().until(() -> server.clients() == 0);
    assertThat(refusal("").statusCode()).isEqualTo(503);
    server.tell(2, "a", "two");

    server.camel().getRouteController().startRoute("watch");

    TestClient again = server.connect("?since=1");
    server.tell(3, "a", "three");
    awaitTexts(again, "hello text", "two", "three");
  }

  @Test
  void a_route_that_is_suspended_disconnects_its_clients_and_refuses_until_it_is_resumed()
      throws Exception {
    TestClient client = server.connect("");

    server.camel().getRouteController().suspendRoute("watch");

    await().until(() -> client.closeCode() == 1001);
    assertThat(refusal("").statusCode()).isEqualTo(503);

    server.camel().getRouteController().resumeRoute("watch");

    awaitTexts(server.connect(""), "hello text");
  }

  @Test
  void more_clients_than_allowed_are_refused_until_one_leaves() {
    List<TestClient> clients = connect(250);

    assertThat(refusal("").statusCode()).isEqualTo(503);

    clients.get(0).socket().sendClose(1000, "").join();
    await().until(() -> server.clients() == 249);
    awaitTexts(server.connect(""), "hello text");
  }

  @Test
  void what_a_client_says_is_ignored_and_much_of_it_ends_the_connection() {
    TestClient quiet = server.connect("");
    TestClient loud = server.connect("");

    quiet.socket().sendText("anybody?", true).join();
    loud.socket().sendText("x".repeat(5000), true).join();

    await().until(() -> loud.closeCode() == 1009);
    server.tell(1, "a", "one");
    awaitTexts(quiet, "hello text", "one");
    assertThat(server.clients()).isEqualTo(1);
  }

  @Test
  void a_client_that_goes_before_it_is_greeted_leaves_nothing_behind() throws Exception {
    for (int i = 0; i < 20; i++) {
      rawClient("").close();
    }

    await().until(() -> server.clients() == 0);
    awaitTexts(server.connect(""), "hello text");
    await().until(() -> server.clients() == 1);
  }

  @Test
  void a_client_that_does_not_read_is_dropped_and_the_others_go_on() throws Exception {
    TestClient reader = server.connect("");
    try (Socket stalled = rawClient("")) {
      await().until(() -> server.clients() == 2);
      String large = "x".repeat(20_000);
      long sequence = 0;
      while (server.dropped() == 0) {
        assertThat(sequence).isLessThan(5_000);
        server.tell(++sequence, "a", large);
      }
      server.tell(++sequence, "a", "last");

      long sent = sequence;
      await().until(() -> reader.texts().size() == sent + 1);
      assertThat(reader.texts()).endsWith("last");
      await().atMost(Duration.ofSeconds(15)).until(() -> server.clients() == 1);
      assertThat(stalled.isClosed()).isFalse();
    }
  }

  @Test
  void two_hundred_clients_get_a_thousand_frames_in_order() {
    List<TestClient> clients = connect(200);

    IntStream.range(0, 50)
        .forEach(
            batch ->
                server.send(
                    LongStream.range(batch * 20L, batch * 20L + 20)
                        .mapToObj(LiveSocketTest::numbered)
                        .toList()));

    String[] expected =
        Stream.concat(Stream.of("hello text"), LongStream.range(0, 1000).mapToObj(Long::toString))
            .toArray(String[]::new);
    await()
        .untilAsserted(
            () ->
                assertThat(clients)
                    .allSatisfy(client -> assertThat(client.texts()).containsExactly(expected)));
  }

  @Test
  void clients_that_connect_amid_the_frames_miss_none_and_get_none_twice() throws Exception {
    server.close();
    server = new LiveSocketServer(Map.of());
    server.tell(0, "a", "0");
    Thread source =
        new Thread(
            () ->
                LongStream.range(1, 5000).mapToObj(LiveSocketTest::numbered).forEach(server::send));
    source.start();

    List<TestClient> clients =
        IntStream.range(0, 50).mapToObj(i -> server.connect("?since=0")).toList();
    source.join();

    String[] expected =
        Stream.concat(Stream.of("hello text"), LongStream.range(1, 5000).mapToObj(Long::toString))
            .toArray(String[]::new);
    await()
        .untilAsserted(
            () ->
                assertThat(clients)
                    .allSatisfy(client -> assertThat(client.texts()).containsExactly(expected)));
  }

  private static Frame numbered(long sequence) {
    return LiveSocketServer.frame(sequence, "a", Long.toString(sequence));
  }

  private List<TestClient> connect(int count) {
    return IntStream.range(0, count).mapToObj(i -> server.connect("")).toList();
  }

  private static void awaitTexts(TestClient client, String... expected) {
    await().untilAsserted(() -> assertThat(client.texts()).containsExactly(expected));
  }

  private HttpResponse<String> plain(String method) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri("http", ""))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return server.http().send(request, BodyHandlers.ofString());
  }

  private HttpResponse<?> refusal(String query) {
    try {
      server.connect(query);
    } catch (CompletionException e) {
      return ((WebSocketHandshakeException) requireNonNull(e.getCause())).getResponse();
    }
    throw new AssertionError("was not refused");
  }

  private String rawAnswer(String query) throws IOException {
    try (Socket socket = rawClient(query)) {
      BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      StringBuilder answer = new StringBuilder();
      int length = 0;
      for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
        answer.append(line).append('\n');
        if (line.toLowerCase(Locale.ROOT).startsWith("content-length: ")) {
          length = Integer.parseInt(line.substring("content-length: ".length()));
        }
      }
      char[] body = new char[length];
      for (int at = 0; at < length; ) {
        at += in.read(body, at, length - at);
      }
      return answer.append(body).toString();
    }
  }

  /** A peer that says no more than its handshake. */
  private Socket rawClient(String query) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    OutputStream out = socket.getOutputStream();
    out.write(handshake(query).getBytes(UTF_8));
    out.flush();
    return socket;
  }

  private static String handshake(String query) {
    return "GET /ws/topic"
        + query
        + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
  }
}
