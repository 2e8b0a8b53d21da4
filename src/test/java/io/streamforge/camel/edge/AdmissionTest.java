package io.streamforge.camel.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final int WORKERS = 2;
  private static final int LIMIT = 4;
  private static final int CONNECTIONS = 30;
  private static final String WAITING =
      """
      {"symbol":"WAIT","type":"api","time_range":"2024-01-01:2024-01-03"}""";

  private final List<Socket> clients = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (var client : clients) {
      client.close();
    }
  }

  private static TestService service(TestRoutes routes, Duration drain) {
    var wide = ConnectionLimits.WIDE;
    var limits =
        new ConnectionLimits(wide.most(), CONNECTIONS, wide.head(), wide.body(), wide.idle());
    var settings =
        new EdgeSettings("127.0.0.1", WORKERS, LIMIT, drain, Set.of(), List.of(), limits, null);
    return TestService.start(settings, routes, Map.of());
  }

  /** All have asked when this returns; what they are answered is read later. */
  private void ask(TestService service, int number) throws IOException {
    for (int client = 0; client < number; client++) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
      clients.add(socket);
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              "POST /queues/start HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(WAITING.length(), WAITING)
                  .getBytes(UTF_8));
    }
  }

  private void assertAnswered() throws IOException {
    for (var client : clients) {
      var answer = new BufferedInputStream(client.getInputStream());
      assertThat(RawHttp.Reply.read(answer, false).status()).isEqualTo(200);
    }
  }

  @Test
  void health_and_metrics_are_answered_while_all_workers_are_busy_and_others_are_told_to_wait()
      throws Exception {
    var routes = new TestRoutes(WORKERS);
    try (var service = service(routes, Duration.ZERO)) {
      ask(service, LIMIT);
      assertThat(routes.waiting.await(10, SECONDS)).isTrue();
      await().untilAsserted(() -> assertThat(service.get("/queues").status()).isEqualTo(429));
      assertThat(service.get("/health/live").status()).isEqualTo(200);
      assertThat(service.get("/health/ready").status()).isEqualTo(200);
      assertThat(service.get("/metrics").status()).isEqualTo(200);
      var refused = service.get("/queues");
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(refused.message()).contains("try again");
      routes.gate.countDown();
      assertAnswered();
      await().untilAsserted(() -> assertThat(service.get("/queues").status()).isEqualTo(200));
    }
  }

  @Test
  void whoever_asks_for_readiness_keeps_others_and_liveness_from_nothing() throws Exception {
    var routes = new TestRoutes();
    routes.probes = new CountDownLatch(1);
    try (var service = service(routes, Duration.ZERO)) {
      var asking = new ArrayList<Socket>();
      for (int client = 0; client < 4 * LIMIT; client++) {
        var socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        socket
            .getOutputStream()
            .write("GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
        asking.add(socket);
      }
      await().untilAsserted(() -> assertThat(service.get("/health/ready").status()).isEqualTo(429));
      assertThat(service.get("/health/live").status()).isEqualTo(200);
      assertThat(service.get("/queues").status()).isEqualTo(200);
      routes.probes.countDown();
      await().untilAsserted(() -> assertThat(service.get("/health/ready").status()).isEqualTo(200));
      for (var socket : asking) {
        socket.close();
      }
    }
  }

  @Test
  void a_client_that_leaves_makes_room() throws Exception {
    var routes = new TestRoutes(WORKERS);
    try (var service = service(routes, Duration.ZERO)) {
      var port = service.port();
      for (int client = 0; client < 3 * LIMIT; client++) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
          socket
              .getOutputStream()
              .write(
                  "POST /queues/start HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
                      .getBytes(UTF_8));
        }
      }
      await().untilAsserted(() -> assertThat(service.get("/queues").status()).isEqualTo(200));
      routes.gate.countDown();
      one_address_holds_so_many_connections(port);
      await()
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(service.get("/queues").status()).isEqualTo(200));
    }
  }

  private static void one_address_holds_so_many_connections(int port) throws IOException {
    var held = new ArrayList<Socket>();
    try {
      for (int i = 0; i <= CONNECTIONS; i++) {
        held.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      await().until(() -> held.stream().anyMatch(AdmissionTest::isEnded));
      assertThat(held.stream().filter(AdmissionTest::isEnded)).hasSize(1);
    } finally {
      for (var socket : held) {
        socket.close();
      }
    }
  }

  private static boolean isEnded(Socket socket) {
    try {
      socket.setSoTimeout(20);
      return socket.getInputStream().read() < 0;
    } catch (SocketTimeoutException open) {
      return false;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void a_stopping_service_is_not_ready_but_serves_then_refuses_and_ends_what_is_under_way()
      throws Exception {
    var routes = new TestRoutes(1);
    try (var service = service(routes, Duration.ofSeconds(10))) {
      ask(service, 1);
      assertThat(routes.waiting.await(10, SECONDS)).isTrue();
      service.beginStop();
      await().untilAsserted(() -> assertThat(service.get("/health/ready").status()).isEqualTo(503));
      assertThat(service.get("/health/live").status()).isEqualTo(200);
      var served = service.get("/queues");
      assertThat(served.status()).isEqualTo(200);
      assertThat(served.header("Connection")).isEqualTo("close");
      await().untilAsserted(() -> assertThat(service.get("/queues").status()).isEqualTo(503));
      var refused = service.get("/queues");
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(refused.header("Connection")).isEqualTo("close");
      routes.gate.countDown();
      assertAnswered();
    }
  }
}
