package io.streamforge.camel.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocketClient;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LiveSocketPeersTest {

  private final LiveSocketServer server = new LiveSocketServer(Map.of());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void what_a_client_says_is_ignored_and_much_of_it_ends_the_connection() {
    TestClient quiet = server.connect("");
    TestClient loud = server.connect("");

    quiet.socket().sendText("anybody?", true).join();
    loud.socket().sendText("x".repeat(5000), true).join();

    await().until(() -> loud.closeCode() == 1009);
    server.tell(1, "a", "one");
    quiet.awaitTexts("hello text", "one");
    await().until(() -> server.clients() == 1);
  }

  @Test
  void a_client_that_goes_before_it_is_greeted_leaves_nothing_behind() throws Exception {
    for (int i = 0; i < 20; i++) {
      server.raw("").close();
    }

    await().until(() -> server.clients() == 0);
    server.connect("").awaitTexts("hello text");
    await().until(() -> server.clients() == 1);
  }

  @Test
  void a_client_that_does_not_read_is_dropped_and_the_others_go_on() throws Exception {
    TestClient reader = server.connect("");
    try (RawPeer stalled = server.raw("")) {
      await().until(() -> server.clients() == 2);
      String large = "x".repeat(100_000);
      for (long sent = 1; server.dropped() == 0; sent++) {
        long greetingAndSent = sent + 1;
        server.tell(sent, "a", large);
        await()
            .pollInterval(Duration.ofMillis(1))
            .until(() -> reader.texts().size() == greetingAndSent);
      }
      server.send("last");

      await().until(() -> reader.texts().contains("last"));
      assertThat(server.dropped()).isEqualTo(1);
      await().atMost(Duration.ofSeconds(15)).until(() -> server.clients() == 1);
    }
  }

  @Test
  void a_client_that_pings_and_does_not_read_is_cut_off_and_the_others_go_on() throws Exception {
    TestClient reader = server.connect("");
    try (RawPeer pinging = server.raw("")) {
      await().until(() -> server.clients() == 2);
      // So much that no buffer of the system holds the answers, if it were answered to the end.
      pinging.ping(400_000);

      await().until(() -> server.clients() == 1);
      server.tell(1, "a", "one");
      reader.awaitTexts("hello text", "one");
    }
  }

  @Test
  void a_client_that_reads_too_late_finds_the_farewell_at_the_end() throws Exception {
    try (RawPeer late = server.raw("")) {
      await().until(() -> server.clients() == 1);
      String large = "x".repeat(20_000);
      for (long sequence = 0; server.dropped() == 0; sequence++) {
        server.tell(sequence, "a", large);
      }

      assertThat(late.readUntil("reads too slowly")).contains("hello text");
    }
    await().until(() -> server.clients() == 0);
  }

  @Test
  void a_client_that_breaks_off_amid_the_frames_does_not_disturb_the_others() throws Exception {
    TestClient reader = server.connect("");
    try (RawPeer broken = server.raw("")) {
      await().until(() -> server.clients() == 2);
      broken.breakOff();
    }
    LongStream.range(0, 500).mapToObj(LiveSocketServer::numbered).forEach(server::send);

    await().until(() -> server.clients() == 1);
    await().untilAsserted(() -> assertThat(reader.texts()).hasSize(501).endsWith("499"));
  }

  @Test
  void a_client_gets_a_long_replay_at_its_own_pace() throws Exception {
    String large = "x".repeat(1000);
    server.send(
        LongStream.range(0, 10_000)
            .mapToObj(sequence -> LiveSocketServer.frame(sequence, "a", sequence + large))
            .toList());
    try (RawPeer slow = server.raw("?since=0")) {
      await().until(() -> server.clients() == 1);
      server.tell(10_000, "a", "last");

      String all = slow.readUntil("last");

      assertThat(all).contains("hello text", "1" + large, "9999" + large);
      assertThat(server.dropped()).isZero();
    }
  }

  @Test
  void two_hundred_clients_get_a_thousand_frames_in_order() {
    List<TestClient> clients = server.connect(200);

    IntStream.range(0, 50)
        .forEach(
            batch ->
                server.send(
                    LongStream.range(batch * 20L, batch * 20L + 20)
                        .mapToObj(LiveSocketServer::numbered)
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
    server.tell(0, "a", "0");
    Thread source =
        new Thread(
            () ->
                LongStream.range(1, 5000)
                    .mapToObj(LiveSocketServer::numbered)
                    .forEach(server::send));
    source.start();

    Vertx vertx = Vertx.vertx();
    WebSocketClient client = vertx.createWebSocketClient();
    List<Queue<String>> told = IntStream.range(0, 50).mapToObj(i -> watch(client)).toList();
    source.join();

    String[] expected =
        Stream.concat(Stream.of("hello text"), LongStream.range(1, 5000).mapToObj(Long::toString))
            .toArray(String[]::new);
    await()
        .untilAsserted(
            () ->
                assertThat(told).allSatisfy(texts -> assertThat(texts).containsExactly(expected)));
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** What a client is told; not the JDK's, which loses bytes (see {@code RoamingWatcher}). */
  private Queue<String> watch(WebSocketClient client) {
    Queue<String> texts = new ConcurrentLinkedQueue<>();
    ClientWebSocket socket = client.webSocket().textMessageHandler(texts::add);
    URI uri = server.uri("ws", "?since=0");
    socket
        .connect(uri.getPort(), uri.getHost(), uri.getPath() + "?" + uri.getQuery())
        .toCompletionStage()
        .toCompletableFuture()
        .join();
    return texts;
  }
}
