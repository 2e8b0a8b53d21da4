package io.streamforge.playground;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Somebody who uses Mattermost's API with a token. */
final class MattermostUserClient {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final String url;
  private final String token;

  MattermostUserClient(MattermostDouble server, String token) {
    this.url = server.url() + "/api/v4/";
    this.token = token;
  }

  /** An answer of the server. */
  record Answer(int status, JsonNode body, HttpResponse<String> response) {}

  Answer get(String path) throws IOException, InterruptedException {
    return call("GET", path, null);
  }

  Answer call(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    return call(request(method, path, body).build());
  }

  HttpRequest.Builder request(String method, String path, @Nullable String body) {
    HttpRequest.BodyPublisher sent =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    return HttpRequest.newBuilder(URI.create(url + path))
        .header("Authorization", "Bearer " + token)
        .method(method, sent);
  }

  Answer call(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    boolean json =
        response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
    JsonNode body = MAPPER.readTree(json ? response.body() : "null");
    return new Answer(response.statusCode(), body, response);
  }

  /** What came over a WebSocket. */
  static final class Line implements WebSocket.Listener {
    final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    final List<String> raw = new CopyOnWriteArrayList<>();
    volatile int closed;
    private final StringBuilder text = new StringBuilder();

    List<JsonNode> events(String name) {
      return frames.stream().filter(frame -> frame.path("event").asText().equals(name)).toList();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        raw.add(text.toString());
        try {
          frames.add(MAPPER.readTree(text.toString()));
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      closed = code;
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      closed = -1;
    }
  }

  WebSocket listen(Line line, boolean withToken) {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    if (withToken) {
      builder.header("Authorization", "Bearer " + token);
    }
    return builder
        .buildAsync(URI.create(url.replaceFirst("^http", "ws") + "websocket"), line)
        .join();
  }
}
