package io.streamforge.camel.socket;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.streamforge.TestProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;

/** A Camel with {@code live-socket/watch.camel.yaml}, at a port of its own. */
final class LiveSocketServer implements AutoCloseable {

  private final Main main = TestProcess.camel();
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

  List<TestClient> connect(int count) {
    return IntStream.range(0, count).mapToObj(i -> connect("")).toList();
  }

  /** The answer to an upgrade that is not accepted. */
  int refusal(String query) {
    try {
      connect(query);
    } catch (CompletionException e) {
      WebSocketHandshakeException cause =
          (WebSocketHandshakeException) requireNonNull(e.getCause());
      return cause.getResponse().statusCode();
    }
    throw new AssertionError("was not refused");
  }

  HttpResponse<String> plain(String method) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("http", ""))
            // As the service: an upgrade is asked for in this version only.
            .version(HttpClient.Version.HTTP_1_1)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  RawPeer raw(String query, String... headers) throws IOException {
    return new RawPeer(port, query, headers);
  }

  void send(Object body) {
    camel().createFluentProducerTemplate().withBody(body).to("live-socket:/ws/topic").send();
  }

  void tell(long sequence, String key, String text) {
    send(frame(sequence, key, text));
  }

  static Frame numbered(long sequence) {
    return frame(sequence, "a", Long.toString(sequence));
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
}
