package io.streamforge.camel.socket;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;

/** A Camel with {@code live-socket/watch.camel.yaml}, at a port of its own. */
final class LiveSocketServer implements AutoCloseable {

  private final Main main = new Main();
  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;

  LiveSocketServer(Map<String, String> settings) {
    main.addOverrideProperty("camel.main.routesIncludePattern", "live-socket/watch.camel.yaml");
    main.addOverrideProperty("camel.main.shutdownTimeout", "5");
    main.addOverrideProperty("camel.server.enabled", "true");
    main.addOverrideProperty("camel.server.host", "127.0.0.1");
    main.addOverrideProperty("camel.server.port", "0");
    main.addOverrideProperty("camel.metrics.enabled", "true");
    main.addOverrideProperty("replay", "10000");
    main.addOverrideProperty("max.clients", "10000");
    settings.forEach(main::addOverrideProperty);
    main.start();
    port = router().getServer().getPort();
  }

  CamelContext camel() {
    return main.getCamelContext();
  }

  VertxPlatformHttpRouter router() {
    return camel().getRegistry().findSingleByType(VertxPlatformHttpRouter.class);
  }

  HttpClient http() {
    return http;
  }

  int port() {
    return port;
  }

  URI uri(String scheme, String query) {
    return URI.create(scheme + "://127.0.0.1:" + port + "/ws/topic" + query);
  }

  TestClient connect(String query) {
    return connecting(query).join();
  }

  CompletableFuture<TestClient> connecting(String query) {
    TestClient client = new TestClient();
    return http.newWebSocketBuilder()
        .buildAsync(uri("ws", query), client)
        .thenApply(socket -> client);
  }

  void send(Object body) {
    camel().createFluentProducerTemplate().withBody(body).to("live-socket:/ws/topic").send();
  }

  void tell(long sequence, String key, String text) {
    send(frame(sequence, key, text));
  }

  static Frame frame(long sequence, String key, String text) {
    return new Frame(sequence, key, Map.of("text", text, "json", "{\"text\":\"" + text + "\"}"));
  }

  double clients() {
    return meters().get("live.socket.clients").gauge().value();
  }

  double dropped() {
    return meters().get("live.socket.dropped").counter().count();
  }

  private MeterRegistry meters() {
    return camel().getRegistry().findSingleByType(MeterRegistry.class);
  }

  @Override
  public void close() {
    main.stop();
  }

  /** Keeps what it is sent. */
  static final class TestClient implements WebSocket.Listener {
    private final StringBuilder part = new StringBuilder();
    private final List<String> texts = Collections.synchronizedList(new ArrayList<>());
    private volatile @Nullable WebSocket socket;
    private volatile int closeCode;

    List<String> texts() {
      synchronized (texts) {
        return List.copyOf(texts);
      }
    }

    int closeCode() {
      return closeCode;
    }

    WebSocket socket() {
      return requireNonNull(socket);
    }

    @Override
    public void onOpen(WebSocket opened) {
      socket = opened;
      opened.request(Long.MAX_VALUE);
    }

    @Override
    public @Nullable CompletionStage<?> onText(
        WebSocket webSocket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        texts.add(part.toString());
        part.setLength(0);
      }
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(
        WebSocket webSocket, int statusCode, String reason) {
      closeCode = statusCode;
      return null;
    }
  }
}
