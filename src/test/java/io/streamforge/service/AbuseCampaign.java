package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.access.NewToken;
import io.streamforge.camel.access.TestIssuer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A service in a process of its own that is treated badly, over real sockets. After each trial
 * somebody else is served, and what it cost is printed.
 */
final class AbuseCampaign implements AutoCloseable {
  /** So much heap has the process, and so much more may all else of it be. */
  private static final long MOST_MEGABYTES = 512 + 350;

  private static final long SLOWEST_MILLIS = 3_000;
  private static final int MOST_SOCKETS = 10_000;

  /** One caller may hold half of what there is. */
  private static final int SHARES = 2;

  final NewToken reader = NewToken.of("reader", "read");
  final NewToken operator = NewToken.of("operator", "operate");
  final NewToken admin = NewToken.of("admin", "admin");
  final NewToken bystander = NewToken.of("bystander", "read");
  final TestIssuer issuer = TestIssuer.start();
  final ServiceProcess service;
  private final RawClient watcher;
  private final List<String> figures = new ArrayList<>();
  private long slowest;

  AbuseCampaign(Path directory, int sockets) throws IOException {
    assertThat(sockets).isLessThanOrEqualTo(MOST_SOCKETS);
    service =
        ServiceProcess.start(
            "abused",
            directory,
            Map.ofEntries(
                Map.entry("DATA_DIR", directory.resolve("data").toString()),
                Map.entry("EMBEDDED_KAFKA_PORT", "0"),
                Map.entry("API_TOKENS", entries()),
                Map.entry("OIDC_ISSUER", issuer.url()),
                Map.entry("OIDC_AUDIENCE", "streamforge"),
                Map.entry("HTTP_HEAD_TIMEOUT", "2s"),
                Map.entry("HTTP_BODY_TIMEOUT", "2s"),
                Map.entry("HTTP_IDLE_TIMEOUT", "4s"),
                Map.entry("WS_MAX_CLIENTS", Integer.toString(SHARES * sockets)),
                Map.entry("WS_HEARTBEAT_PERIOD", "500ms"),
                Map.entry("HTTP_MAX_CONNECTIONS", Integer.toString(SHARES * (sockets + 2_000))),
                Map.entry("TRUSTED_PROXIES", "127.0.0.1"),
                Map.entry("METRICS_ACCESS", "open"),
                Map.entry("RATE_LIMIT_FAILURES", "1000")));
    service.awaitReady();
    watcher = watch(bystander.secret());
    // What classes and caches take for good is no matter of abuse.
    for (int i = 0; i < 50; i++) {
      status("GET /queues", bystander.secret());
    }
    figures.add("before: %d MB".formatted(service.residentMegabytes()));
  }

  private String entries() {
    return String.join(
        ",",
        reader.entry().entry(),
        operator.entry().entry(),
        admin.entry().entry(),
        bystander.entry().entry());
  }

  RawClient connect() throws IOException {
    return new RawClient(service.port());
  }

  /** What opens the live view. */
  static String upgrade(String token) {
    return head("GET /ws/topic", token)
        + "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
  }

  /** Somebody who watches the live view. */
  RawClient watch(String token) throws IOException {
    RawClient client = connect();
    client.write(upgrade(token));
    assertThat(client.read().status()).isEqualTo(101);
    return client;
  }

  /** The head of a request with a token, without its last line. */
  static String head(String request, String token) {
    return request + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n";
  }

  /** What a request without body is answered. */
  int status(String request, String token) {
    return ask(head(request, token) + "\r\n").status();
  }

  RawClient.Answer ask(String text) {
    try (RawClient client = connect()) {
      client.write(text);
      return client.read();
    } catch (IOException e) {
      throw new IllegalStateException("no answer to " + text.lines().findFirst().orElse(""), e);
    }
  }

  /** Somebody else is served, and soon. */
  void serveAnother() {
    long begin = System.nanoTime();
    assertThat(status("GET /queues?limit=1", bystander.secret())).isEqualTo(200);
    slowest = Math.max(slowest, (System.nanoTime() - begin) / 1_000_000);
  }

  /** Ends a trial: the process is as well as before, and who watches goes on watching. */
  void note(String words, Object... values) {
    serveAnother();
    watchOn();
    long memory = service.residentMegabytes();
    figures.add(
        words.formatted(values)
            + "; others waited %d ms at most, %d MB".formatted(slowest, memory));
    assertThat(memory).as("megabytes").isLessThan(MOST_MEGABYTES);
    assertThat(slowest).as("milliseconds for others").isLessThan(SLOWEST_MILLIS);
    slowest = 0;
  }

  /** What has come to the watcher meanwhile is read, and a heartbeat that comes now. */
  private void watchOn() {
    long begin = System.nanoTime();
    try {
      watcher.skip();
      watcher.readOn();
    } catch (IOException e) {
      throw new AssertionError("the live view of somebody else has ended", e);
    }
    slowest = Math.max(slowest, (System.nanoTime() - begin) / 1_000_000);
  }

  /** Nothing that was shown has been written down. */
  void findNoSecretInTheLog() {
    assertThat(service.output())
        .doesNotContain(reader.secret(), operator.secret(), admin.secret(), bystander.secret())
        .doesNotContain(reader.entry().hash());
  }

  @Override
  public void close() throws IOException {
    watcher.close();
    System.out.println("abuse:");
    figures.forEach(figure -> System.out.println("  " + figure));
    service.close();
    issuer.close();
  }
}
