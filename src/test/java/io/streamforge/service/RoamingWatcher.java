package io.streamforge.service;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A client of /ws/topic that, whenever it is cut off, connects again to whichever process lets it
 * in, and asks for what came after the last message that it has.
 *
 * <p>Not the JDK's: that of 17.0.15 now and then loses bytes where the first 16 KB after the
 * handshake end, when much is sent at once and the machine is busy.
 */
final class RoamingWatcher implements AutoCloseable {
  private static final long PAUSE_MILLIS = 200;
  private static final int CUT_OFF = 1006;
  private static final int NOT_READABLE = 1007;

  /** What was seen of a queue: its statuses in the order in which they first came. */
  record Seen(String statuses, long version) {
    private static final Seen NOTHING = new Seen("", 0);

    private Seen and(String status, long newest) {
      boolean known = List.of(statuses.split(" ", -1)).contains(status);
      // All watchers see the same few sequences.
      return new Seen(known ? statuses : (statuses + " " + status).strip().intern(), newest);
    }
  }

  private final Vertx vertx;
  private final WebSocketClient client;
  private final Entrance entrance;
  private final Map<String, Seen> seen = new HashMap<>();
  final List<Integer> closeCodes = new CopyOnWriteArrayList<>();
  final AtomicInteger connections = new AtomicInteger();
  final AtomicInteger refusals = new AtomicInteger();
  private volatile boolean closed;
  private volatile @Nullable WebSocket socket;
  private volatile long cutAt;
  private volatile long longestGapMillis;
  private long seq = -1;
  private int updates;
  private int gaps;

  RoamingWatcher(Vertx vertx, Entrance entrance) {
    this.vertx = vertx;
    this.client = vertx.createWebSocketClient();
    this.entrance = entrance;
    connect();
  }

  private void connect() {
    if (closed) {
      return;
    }
    long since = last();
    URI address =
        entrance.uri("ws", "/ws/topic?format=json" + (since < 0 ? "" : "&since=" + since));
    client
        .connect(
            new WebSocketConnectOptions()
                .setHost(address.getHost())
                .setPort(address.getPort())
                .setURI(address.getPath() + "?" + address.getQuery()))
        .onSuccess(this::listen)
        .onFailure(
            refused -> {
              refusals.incrementAndGet();
              connectLater();
            });
  }

  private void connectLater() {
    vertx.setTimer(PAUSE_MILLIS, timer -> connect());
  }

  private void listen(WebSocket opened) {
    socket = opened;
    connections.incrementAndGet();
    if (cutAt != 0) {
      longestGapMillis = Math.max(longestGapMillis, (System.nanoTime() - cutAt) / 1_000_000);
    }
    opened.textMessageHandler(this::take);
    opened.closeHandler(
        ended -> {
          Short code = opened.closeStatusCode();
          closeCodes.add(code == null ? CUT_OFF : code.intValue());
          cutAt = System.nanoTime();
          connectLater();
        });
  }

  private void take(String text) {
    try {
      take(RunningService.json(text));
    } catch (UncheckedIOException unreadable) {
      closeCodes.add(NOT_READABLE);
    }
  }

  private synchronized void take(JsonNode update) {
    if (update.path("seq").isNumber()) {
      seq = Math.max(seq, update.path("seq").asLong());
      updates++;
      String id = update.path("queue_id").asText();
      long version = update.path("version").asLong();
      seen.merge(
          id,
          Seen.NOTHING.and(update.path("status").asText(), version),
          (before, now) -> before.and(now.statuses(), Math.max(before.version(), version)));
    } else if (update.path("message").asText().contains("replay")) {
      gaps++;
    }
  }

  private synchronized long last() {
    return seq;
  }

  synchronized Seen seen(String queueId) {
    return seen.getOrDefault(queueId, Seen.NOTHING);
  }

  synchronized int updates() {
    return updates;
  }

  /** How often it was told that what it missed cannot be replayed. */
  synchronized int gaps() {
    return gaps;
  }

  /** The longest time without a connection. */
  long longestGapMillis() {
    return longestGapMillis;
  }

  @Override
  public void close() {
    closed = true;
    WebSocket open = socket;
    if (open != null) {
      open.close();
    }
  }
}
