package io.streamforge.service;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/**
 * A client of /ws/topic that goes on where it was when its process comes back. Not the JDK's, for
 * the reason of {@link RoamingWatcher}.
 */
public final class LastingWatcher implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** One message about a queue. */
  record Update(String queueId, long version, String status) {}

  private final Vertx vertx = Vertx.vertx();
  private final WebSocketClient client = vertx.createWebSocketClient();
  private final int port;
  private final List<Update> updates = new ArrayList<>();
  private long seq = -1;

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
    // Watchers are admitted once the old updates are read, a moment after the service is ready.
    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> listen("/ws/topic?format=json" + since), Objects::nonNull);
  }

  private WebSocket listen(String path) {
    return client
        .connect(port, "127.0.0.1", path)
        .map(
            opened -> {
              opened.textMessageHandler(text -> take(RunningService.json(text)));
              return opened;
            })
        .toCompletionStage()
        .toCompletableFuture()
        .join();
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
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
