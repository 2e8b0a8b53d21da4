package io.streamforge.service;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/** A client of /ws/topic that goes on where it was when its process comes back. */
public final class LastingWatcher implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** One message about a queue. */
  record Update(String queueId, long version, String status) {}

  private final int port;
  private final List<Update> updates = new ArrayList<>();
  private long seq = -1;
  private WebSocket socket;

  private LastingWatcher(int port) {
    this.port = port;
  }

  /** Connects to the service at that port. */
  public static LastingWatcher connect(int port) {
    LastingWatcher watcher = new LastingWatcher(port);
    watcher.reconnect();
    return watcher;
  }

  /** Connects again, and asks for what came after the last message that it has. */
  void reconnect() {
    String since = seq < 0 ? "" : "&since=" + seq;
    URI uri = URI.create("ws://127.0.0.1:" + port + "/ws/topic?format=json" + since);
    // Watchers are admitted once the old updates are read, a moment after the service is ready.
    socket =
        await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .until(
                () -> HTTP.newWebSocketBuilder().buildAsync(uri, new Listener()).join(),
                Objects::nonNull);
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder part = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        take(RunningService.json(part.toString()));
        part.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private synchronized void take(JsonNode update) {
    if (update.path("seq").isNumber()) {
      seq = Math.max(seq, update.path("seq").asLong());
      updates.add(
          new Update(
              update.path("queue_id").asText(),
              update.path("version").asLong(),
              update.path("status").asText()));
    }
  }

  /** The statuses of a queue in the order in which it first saw them. */
  public synchronized List<String> statuses(String queueId) {
    LinkedHashSet<String> statuses = new LinkedHashSet<>();
    updates.stream()
        .filter(update -> update.queueId().equals(queueId))
        .forEach(update -> statuses.add(update.status()));
    return List.copyOf(statuses);
  }

  /** The version of a queue in the last message about it; 0 without any. */
  synchronized long version(String queueId) {
    return updates.stream()
        .filter(update -> update.queueId().equals(queueId))
        .reduce((first, second) -> second)
        .map(Update::version)
        .orElse(0L);
  }

  /** How many messages about queues it has had. */
  synchronized int size() {
    return updates.size();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
