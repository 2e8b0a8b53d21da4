package io.streamforge.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Listens to Mattermost with nothing but the JDK's WebSocket, and parses what it hears. */
final class BareListener implements WebSocket.Listener, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final StringBuilder text = new StringBuilder();
  private final BiConsumer<String, JsonNode> heard;
  private final WebSocket socket;

  private BareListener(String url, String token, BiConsumer<String, JsonNode> heard) {
    this.heard = heard;
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + token)
            .buildAsync(URI.create(url.replaceFirst("^http", "ws") + "/api/v4/websocket"), this)
            .join();
  }

  /**
   * @param heard takes the name of each event and its post, missing where it has none
   */
  static BareListener listen(String url, String token, BiConsumer<String, JsonNode> heard) {
    return new BareListener(url, token, heard);
  }

  /** A process of its own; it ends with its input. */
  public static void main(String[] args) throws Exception {
    try (BareListener listener = listen(args[0], args[1], (event, post) -> {})) {
      System.in.read();
    }
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      try {
        JsonNode frame = JSON.readTree(text.toString());
        JsonNode post = JSON.readTree(frame.at("/data/post").asText());
        heard.accept(frame.path("event").asText(), post);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
