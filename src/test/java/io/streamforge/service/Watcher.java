package io.streamforge.service;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client of /ws/topic that remembers all texts. */
public final class Watcher implements AutoCloseable, WebSocket.Listener {
  private final List<String> texts = new CopyOnWriteArrayList<>();
  private final StringBuilder part = new StringBuilder();
  private WebSocket socket;

  /** Connects; {@code query} is empty or begins with a question mark. */
  public static Watcher connect(RunningService service, String query) {
    return connect(service.application().port(), query);
  }

  public static Watcher connect(int port, String query) {
    Watcher watcher = new Watcher();
    watcher.socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws/topic" + query), watcher)
            .join();
    return watcher;
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      texts.add(part.toString());
      part.setLength(0);
    }
    from.request(1);
    return null;
  }

  /** All texts so far. */
  public List<String> texts() {
    return texts;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
