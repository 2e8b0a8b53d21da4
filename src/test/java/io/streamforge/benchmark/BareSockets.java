package io.streamforge.benchmark;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Bare Vert.x that sends each text to all its WebSocket clients. */
final class BareSockets implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Map<Context, ConcurrentLinkedQueue<ServerWebSocket>> clients =
      new ConcurrentHashMap<>();
  private final HttpServer server;

  BareSockets() throws Exception {
    server =
        vertx
            .createHttpServer()
            .webSocketHandler(
                socket ->
                    clients
                        .computeIfAbsent(
                            Vertx.currentContext(), context -> new ConcurrentLinkedQueue<>())
                        .add(socket))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  int port() {
    return server.actualPort();
  }

  int clients() {
    return clients.values().stream().mapToInt(ConcurrentLinkedQueue::size).sum();
  }

  /** Returns when each client's connection has been handed all texts. */
  void send(List<String> texts) throws InterruptedException {
    List<Context> loops = new ArrayList<>(clients.keySet());
    CountDownLatch handed = new CountDownLatch(loops.size());
    for (Context loop : loops) {
      loop.runOnContext(
          nothing -> {
            for (ServerWebSocket socket :
                clients.getOrDefault(loop, new ConcurrentLinkedQueue<>())) {
              texts.forEach(socket::writeTextMessage);
            }
            handed.countDown();
          });
    }
    handed.await();
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
