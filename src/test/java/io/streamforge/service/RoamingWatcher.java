package io.streamforge.service;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A client of /ws/topic that, whenever it is cut off, connects again to whichever process lets it
 * in, and asks for what came after the last message that it has.
 */
final class RoamingWatcher implements AutoCloseable {
  private static final long PAUSE_MILLIS = 200;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What was seen of a queue: its statuses in the order in which they first came. */
  record Seen(String statuses, long version) {
    private static final Seen NOTHING = new Seen("", 0);

    private Seen and(String status, long newest) {
      boolean known = List.of(statuses.split(" ", -1)).contains(status);
      // All watchers see the same few sequences.
      return new Seen(known ? statuses : (statuses + " " + status).strip().intern(), newest);
    }
  }

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

  RoamingWatcher(Entrance entrance) {
    this.entrance = entrance;
    connect();
  }

  private void connect() {
    if (closed) {
      return;
    }
    long since = last();
    String query = since < 0 ? "" : "&since=" + since;
    CompletableFuture<?> unused =
        entrance
            .http()
            .newWebSocketBuilder()
            .connectTimeout(PATIENCE)
            .buildAsync(entrance.uri("ws", "/ws/topic?format=json" + query), new Listener())
            .whenComplete(
                (open, refused) -> {
                  if (refused != null) {
                    refusals.incrementAndGet();
                    connectLater();
                  }
                });
  }

  private void connectLater() {
    Executor later = CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    later.execute(this::connect);
  }

  private void cut(int code) {
    closeCodes.add(code);
    cutAt = System.nanoTime();
    connectLater();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder part = new StringBuilder();
    private boolean over;

    @Override
    public void onOpen(WebSocket opened) {
      socket = opened;
      connections.incrementAndGet();
      if (cutAt != 0) {
        longestGapMillis = Math.max(longestGapMillis, (System.nanoTime() - cutAt) / 1_000_000);
      }
      opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        take(RunningService.json(part.toString()));
        part.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      end(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      end(1006);
    }

    private synchronized void end(int code) {
      if (!over) {
        over = true;
        cut(code);
      }
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
      open.abort();
    }
  }
}
