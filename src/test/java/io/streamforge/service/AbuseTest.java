package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.camel.access.NewToken;
import io.streamforge.service.RawClient.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbuseTest {
  private static final int MEGABYTE = 1 << 20;

  /** So much may be on the way to a service that reads no more, in both systems' buffers. */
  private static final int MOST_ON_THE_WAY = 32;

  private static final List<String> UPWARDS =
      List.of(
          "../", "%2e%2e/", "..%2f", "%2e%2e%2f", "..%5c", "....//", "%c0%ae%c0%ae/", "..;/", "/");
  private static final List<String> STATIC_PATHS =
      List.of(
          "/",
          "/web/",
          "/web/lib/",
          "/web/words/",
          "/docs/",
          "/openapi.json/",
          "/metrics/",
          "/login/");
  private static final List<String> FILES =
      List.of("application.properties", "pom.xml", "data/session.key", "etc/passwd", ".env");

  @TempDir Path directory;

  @Test
  void whoever_treats_the_service_badly_is_refused_and_others_are_served() throws Exception {
    try (AbuseCampaign abuse = new AbuseCampaign(directory, 300)) {
      run(abuse, 10_000, 200, 300);
    }
  }

  @Test
  @Tag("endurance")
  void the_same_for_long_and_with_many() throws Exception {
    try (AbuseCampaign abuse = new AbuseCampaign(directory, 10_000)) {
      run(abuse, 200_000, 1_500, 10_000);
    }
  }

  private static void run(AbuseCampaign abuse, int requests, int slow, int sockets)
      throws Exception {
    wrongTokens(abuse);
    floodOfOneCaller(abuse, requests);
    largeBodies(abuse);
    slowClients(abuse, slow);
    deafClients(abuse);
    pings(abuse);
    idleSockets(abuse, sockets);
    wayUpwards(abuse);
    injectedHeaders(abuse);
    abuse.findNoSecretInTheLog();
  }

  private static void wrongTokens(AbuseCampaign abuse) {
    assertThat(abuse.ask("GET /queues HTTP/1.1\r\nHost: localhost\r\n\r\n").status())
        .isEqualTo(401);
    List<String> bad =
        List.of(
            NewToken.of("reader", "read").secret(),
            abuse.reader.entry().hash(),
            abuse.issuer.unsigned(),
            abuse.issuer.forged(),
            abuse.issuer.expired(),
            abuse.issuer.ofAnother(),
            abuse.issuer.ofUnknownKey());
    for (int round = 0; round < 20; round++) {
      bad.forEach(token -> assertThat(abuse.status("GET /queues", token)).isEqualTo(401));
    }
    assertThat(abuse.status("POST /queues/stop?queue_id=x", abuse.reader.secret())).isEqualTo(403);
    assertThat(abuse.status("GET /queues?token=" + abuse.reader.secret(), "x")).isEqualTo(400);
    assertThat(abuse.status("GET /queues", abuse.issuer.token())).isEqualTo(200);
    assertThat(abuse.ask("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n").status())
        .as("open by METRICS_ACCESS")
        .isEqualTo(200);
    abuse.note("%d wrong tokens: all 401", 20 * bad.size());
  }

  private static void floodOfOneCaller(AbuseCampaign abuse, int requests) {
    Flood flood =
        new Flood(
            abuse.service.port(),
            AbuseCampaign.head("GET /queues?limit=1", abuse.reader.secret()) + "\r\n");
    long begin = System.nanoTime();
    flood.run(requests, abuse::serveAnother);
    double seconds = (System.nanoTime() - begin) / 1e9;
    assertThat(flood.other()).isZero();
    assertThat(flood.served()).isPositive().isLessThan((long) (1000 + 200 * (seconds + 1)));
    assertThat(flood.refused()).isEqualTo(requests - flood.served());
    abuse.note(
        "%,.0f requests/s of one caller for %.1f s: %d served, %d refused with 429",
        requests / seconds, seconds, flood.served(), flood.refused());
  }

  private static void largeBodies(AbuseCampaign abuse) throws IOException {
    String json = "Content-Type: application/json\r\n";
    String post = AbuseCampaign.head("POST /queues/start", abuse.operator.secret()) + json;
    String stranger = "POST /queues/start HTTP/1.1\r\nHost: localhost\r\n" + json;
    int[] told = {
      sendMuch(abuse, post + "Content-Length: " + 100 * MEGABYTE + "\r\n\r\n", "", 413),
      sendMuch(abuse, post + "Transfer-Encoding: chunked\r\n\r\n", "100000\r\n", 413),
      sendMuch(abuse, stranger + "Content-Length: " + 100 * MEGABYTE + "\r\n\r\n", "", 401),
    };
    abuse.note("100 MB: refused after %d, %d and %d MB", told[0], told[1], told[2]);
  }

  /** Sends megabytes until it is refused; tells after how many it was. */
  private static int sendMuch(AbuseCampaign abuse, String head, String before, int status)
      throws IOException {
    try (RawClient client = abuse.connect()) {
      client.write(head);
      int sent = 0;
      try {
        for (; sent < 100 && !client.hasAnswer(); sent++) {
          client.write(before);
          client.write(new byte[MEGABYTE]);
          client.write(before.isEmpty() ? "" : "\r\n");
        }
      } catch (IOException refused) {
        // Its answer may be lost with the connection.
        assertThat(client.isEnded() || client.read().status() == status).isTrue();
        assertThat(sent).isLessThan(MOST_ON_THE_WAY);
        return sent;
      }
      assertThat(client.read().status()).isEqualTo(status);
      assertThat(sent).isLessThan(MOST_ON_THE_WAY);
      return sent;
    }
  }

  private static void slowClients(AbuseCampaign abuse, int number) throws Exception {
    List<RawClient> heads = new ArrayList<>();
    List<RawClient> bodies = new ArrayList<>();
    String id = startEndless(abuse);
    try (RawClient socket = abuse.watch(abuse.issuer.token());
        RawClient patient = abuse.connect()) {
      patient.write(
          AbuseCampaign.head("POST /queues/stop?wait=8&queue_id=" + id, abuse.operator.secret())
              + "\r\n");
      for (int i = 0; i < number; i++) {
        heads.add(abuse.connect());
        if (i < 150) {
          bodies.add(abuse.connect());
          bodies
              .get(i)
              .write(
                  AbuseCampaign.head("POST /queues/start", abuse.operator.secret())
                      + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
        }
      }
      int[] refused = new int[600];
      for (int round = 0; round < 3; round++) {
        for (RawClient client : heads) {
          trickle(client);
        }
        abuse.serveAnother();
      }
      for (RawClient client : bodies) {
        refused[client.read().status()]++;
      }
      for (RawClient client : heads) {
        refused[client.read().status()]++;
        assertThat(client.isEnded()).isTrue();
      }
      assertThat(refused[408] + refused[429]).isEqualTo(heads.size() + bodies.size());
      assertThat(refused[429]).as("of one caller's bodies").isLessThan(bodies.size());
      assertThat(patient.read().status()).as("who waits for an answer").isEqualTo(200);
      assertThat(socket.isEnded()).as("a WebSocket").isFalse();
      abuse.note(
          "%d slow heads and %d slow bodies: %d ended with 408, %d refused with 429",
          heads.size(), bodies.size(), refused[408], refused[429]);
    } finally {
      for (RawClient client : heads) {
        client.close();
      }
      for (RawClient client : bodies) {
        client.close();
      }
    }
  }

  private static void trickle(RawClient client) throws IOException {
    try {
      client.write("G");
    } catch (IOException ended) {
      // What it was told can still be read.
    }
  }

  private static String startEndless(AbuseCampaign abuse) {
    String body =
        "{\"symbol\":\"BTCUSDT\",\"type\":\"ws\",\"time_range\":\"2024-08-01:2024-08-01\"}";
    Answer started =
        abuse.ask(
            AbuseCampaign.head("POST /queues/start", abuse.operator.secret())
                + "Content-Type: application/json\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);
    return RunningService.json(started.body()).at("/data/queue_id").asText();
  }

  /** They ask for the largest page there is, once or on and on, and read nothing. */
  private static void deafClients(AbuseCampaign abuse) throws IOException {
    String ask = "GET /docs/swagger-ui-bundle.js HTTP/1.1\r\nHost: localhost\r\n\r\n";
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 400; i++) {
        RawClient client = abuse.connect();
        clients.add(client);
        client.write(ask.repeat(i % 2 == 0 ? 1 : 400));
      }
      abuse.note("%d clients ask for 1.5 MB, once or 400 times, and read nothing", clients.size());
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private static void pings(AbuseCampaign abuse) throws IOException {
    byte[] ping = new byte[2 + 4 + 125];
    ping[0] = (byte) 0x89;
    ping[1] = (byte) (0x80 | 125);
    byte[] many = new byte[MEGABYTE / ping.length * ping.length];
    for (int at = 0; at < many.length; at += ping.length) {
      System.arraycopy(ping, 0, many, at, ping.length);
    }
    int sent = 0;
    try (RawClient client = abuse.watch(abuse.issuer.token())) {
      for (; sent < 100; sent++) {
        client.write(many);
      }
    } catch (IOException cutOff) {
      // As it should be.
    }
    assertThat(sent).isLessThan(MOST_ON_THE_WAY);
    abuse.note("PINGs on a WebSocket that reads nothing: cut off after %d MB", sent);
  }

  private static void idleSockets(AbuseCampaign abuse, int number) throws Exception {
    await().until(() -> abuse.status("GET /health/live", "x") == 200);
    List<RawClient> sockets = new ArrayList<>();
    String upgrade = AbuseCampaign.upgrade(abuse.issuer.token());
    long begin = System.nanoTime();
    try {
      int refused = 0;
      while (sockets.size() < number && refused < 1_000) {
        RawClient client = abuse.connect();
        client.write(upgrade);
        int status = client.read().status();
        if (status == 101) {
          sockets.add(client);
        } else {
          // One caller opens no more than its rate allows.
          assertThat(status).isIn(429, 503);
          client.close();
          refused++;
          ServiceProcess.pause(200);
        }
      }
      assertThat(sockets).hasSizeGreaterThan(number - 5);
      double seconds = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1e3;
      Answer more = abuse.ask(upgrade);
      abuse.note(
          "%d idle WebSockets in %.1f s, one more: %d", sockets.size(), seconds, more.status());
    } finally {
      for (RawClient client : sockets) {
        client.close();
      }
    }
  }

  /** Asked by one who may see everything, so that nothing but the paths themselves protects. */
  private static void wayUpwards(AbuseCampaign abuse) {
    String token = abuse.admin.secret();
    assertThat(abuse.status("GET /web/shell.js", token)).isEqualTo(200);
    int asked = 0;
    for (String path : STATIC_PATHS) {
      for (String up : UPWARDS) {
        for (String file : FILES) {
          String request = "GET " + path + up.repeat(4) + file;
          Answer answer = abuse.ask(AbuseCampaign.head(request, token) + "\r\n");
          assertThat(answer.status()).as(request).isIn(400, 404);
          assertThat(answer.body()).as(request).doesNotContain("http.host", "<project", "root:");
          asked++;
        }
      }
    }
    abuse.note("%d ways upwards from static paths: no file", asked);
  }

  private static void injectedHeaders(AbuseCampaign abuse) {
    String token = abuse.operator.secret();
    List<String> requests =
        List.of(
            AbuseCampaign.head("GET /queues?cursor=%0d%0aSet-Cookie:%20evil=1", token),
            AbuseCampaign.head("GET /docs%0d%0aSet-Cookie:%20evil=1", token),
            AbuseCampaign.head("GET /%0d%0aSet-Cookie:%20evil=1", token),
            AbuseCampaign.head("GET /queues", token) + "Origin: http://a\rSet-Cookie: evil=1\r\n",
            AbuseCampaign.head("GET /queues", token) + "X-A: b\r\n Set-Cookie: evil=1\r\n",
            AbuseCampaign.head("GET /queues", token) + "X-Forwarded-For: \u0000evil\r\n",
            AbuseCampaign.head("GET /queues", token) + "X-Forwarded-Proto: x\tevil=1\r\n",
            AbuseCampaign.head("GET /queues", token)
                + "Access-Control-Request-Headers: evil=1\r\nOrigin: null\r\n",
            AbuseCampaign.head("POST /login", "x")
                + "Content-Type: application/json\r\nContent-Length: 34\r\n\r\n"
                + "{\"token\":\"\\r\\nSet-Cookie: evil=1\"}");
    for (String request : requests) {
      Answer answer = abuse.ask(request + (request.endsWith("}") ? "" : "\r\n"));
      assertThat(answer.head()).as(request).doesNotContain("evil");
    }
    String smuggled = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
    Answer both =
        abuse.ask(
            AbuseCampaign.head("POST /queues/stop", token)
                + "Content-Type: application/json\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "0\r\n\r\n"
                + smuggled);
    assertThat(both.status()).isBetween(400, 499);
    abuse.note("%d injected headers: none came back", requests.size() + 1);
  }
}
