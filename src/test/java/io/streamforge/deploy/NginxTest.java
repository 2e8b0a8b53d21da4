package io.streamforge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.camel.access.NewToken;
import io.streamforge.camel.kafka.TestAuthority;
import io.streamforge.playground.FreePorts;
import io.streamforge.service.RunningService;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The site of deploy/nginx in a real nginx, with TLS, in front of the running service. */
class NginxTest {
  private static final NewToken OPERATOR = NewToken.of("anna", "operate");
  private static final String LOADER =
      "{\"symbol\":\"BTCUSDT\",\"type\":\"api_trades\",\"time_range\":\"2024-06-01:2024-06-01\"}";
  private static final String AROUND =
      """
      daemon off;
      pid nginx.pid;
      worker_processes 1;
      events { worker_connections 256; }
      http {
        access_log off;
        client_body_temp_path body;
        proxy_temp_path proxy;
        fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi;
        scgi_temp_path scgi;
        include site.conf;
      }
      """;

  @Test
  void browsers_get_everything_but_the_metrics_over_tls(@TempDir Path folder) throws Exception {
    Tool nginx = Tool.required("nginx");
    TestAuthority authority = new TestAuthority();
    Path trusted = authority.writeCertificate(folder.resolve("ca.pem"));
    authority.writeIdentity(folder.resolve("site.pem"), "localhost", TestAuthority.in(1));
    int plain = FreePorts.find();
    int secured = FreePorts.find();
    try (RunningService service =
        RunningService.start(
            Map.of("API_TOKENS", OPERATOR.entry().entry(), "TRUSTED_PROXIES", "127.0.0.1"))) {
      Files.writeString(folder.resolve("nginx.conf"), AROUND);
      Files.writeString(
          folder.resolve("site.conf"), site(folder, plain, secured, service.application().port()));
      Path output = folder.resolve("output.txt");
      Process running =
          nginx.start(output, "-p", folder.toString(), "-c", "nginx.conf", "-e", "stderr");
      try {
        lookAround(client(trusted), plain, secured, output);
        Path log = folder.resolve("access.log");
        await().until(() -> text(log).contains("\"GET /ws/topic\" 101"));
        assertThat(text(log)).contains("\"GET /queues\" 308", "\"GET /queues\" 401");
        assertThat(text(log)).doesNotContain("?", "limit");
      } finally {
        running.destroy();
        assertThat(running.waitFor(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  private static void lookAround(HttpClient client, int plain, int secured, Path output)
      throws Exception {
    String site = "https://localhost:" + secured;
    await()
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(get(client, site + "/health/live").statusCode())
                    .as(() -> text(output))
                    .isEqualTo(200));

    HttpResponse<String> live = get(client, site + "/health/live");
    assertThat(live.version()).isEqualTo(HttpClient.Version.HTTP_2);
    assertThat(live.headers().firstValue("strict-transport-security")).isPresent();
    assertThat(get(client, site + "/").body()).contains("<html");
    assertThat(get(client, site + "/metrics").statusCode()).isEqualTo(404);
    assertThat(get(client, "http://localhost:" + plain + "/queues?limit=1").statusCode())
        .isEqualTo(308);
    assertThat(get(client, site + "/queues?limit=1").statusCode()).isEqualTo(401);
    assertThat(start(client, site, "https://elsewhere.example").statusCode()).isEqualTo(403);

    Frames frames = new Frames();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .header("Origin", site)
            .header("Authorization", "Bearer " + OPERATOR.secret())
            .buildAsync(URI.create("wss://localhost:" + secured + "/ws/topic"), frames)
            .get(10, TimeUnit.SECONDS);
    assertThat(start(client, site, site).statusCode()).isEqualTo(200);
    await()
        .untilAsserted(() -> assertThat(frames.texts).anyMatch(text -> text.contains("→ loading")));
    socket.abort();
  }

  /** The site as it is shipped, on ports of the test and with its certificate. */
  private static String site(Path folder, int plain, int secured, int service) throws IOException {
    String identity = folder.resolve("site.pem").toString();
    return Files.readString(Path.of("deploy/nginx/streamforge.conf"))
        .replaceAll("(?m)^ *listen \\[::].*$", "")
        .replace("listen 80;", "listen 127.0.0.1:" + plain + ";")
        .replace("listen 443 ssl", "listen 127.0.0.1:" + secured + " ssl")
        .replace("/var/log/nginx/streamforge.log", folder.resolve("access.log").toString())
        .replace("127.0.0.1:8080", "127.0.0.1:" + service)
        .replaceAll("/etc/nginx/tls/streamforge\\.(crt|key)", identity);
  }

  private static HttpClient client(Path trusted) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream certificate = Files.newInputStream(trusted)) {
      store.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }

  private static HttpResponse<String> get(HttpClient client, String url) throws Exception {
    return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> start(HttpClient client, String site, String origin)
      throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(site + "/queues/start"))
            .header("Content-Type", "application/json")
            .header("Origin", origin)
            .header("Authorization", "Bearer " + OPERATOR.secret())
            .POST(BodyPublishers.ofString(LOADER))
            .build(),
        BodyHandlers.ofString());
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Remembers what the live view says. */
  private static final class Frames implements WebSocket.Listener {
    private final List<String> texts = new CopyOnWriteArrayList<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      texts.add(data.toString());
      from.request(1);
      return null;
    }
  }
}
