package io.streamforge.camel.socket;

import io.vertx.core.Context;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * The clients whose connections live on one event loop. All work on them is queued to that loop, so
 * that it needs no lock and keeps the order in which it was queued.
 */
final class Lane {

  private final Context context;
  private final Set<Client> clients = new HashSet<>();

  Lane(Context context) {
    this.context = context;
  }

  void add(Client client) {
    context.runOnContext(nothing -> clients.add(client));
  }

  void remove(Client client) {
    context.runOnContext(nothing -> clients.remove(client));
  }

  void later(Runnable work) {
    context.runOnContext(nothing -> work.run());
  }

  void after(long millis, Runnable work) {
    context.owner().setTimer(millis, timer -> later(work));
  }

  /** Completes once every client's connection has been handed the frames. */
  CompletableFuture<Void> send(List<Frame> frames) {
    return forEach(client -> client.send(frames));
  }

  CompletableFuture<Void> close(short code, String reason) {
    return forEach(
        client -> {
          client.close(code, reason);
          return false;
        });
  }

  private CompletableFuture<Void> forEach(Predicate<Client> stays) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    context.runOnContext(
        nothing -> {
          try {
            clients.removeIf(client -> !stays.test(client));
          } finally {
            done.complete(null);
          }
        });
    return done;
  }
}
