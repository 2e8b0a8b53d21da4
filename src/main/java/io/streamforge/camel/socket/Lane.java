package io.streamforge.camel.socket;

import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The clients whose connections live on one event loop. All work on them is queued to that loop, so
 * that it keeps the order in which it was queued, and clients need no lock. Frames that come faster
 * than the loop takes them are gathered, and each client is sent them at once.
 */
final class Lane {

  private static final int GATHERED_WITHOUT_WAIT = 64 * 1024;

  private final Context context;
  private final Set<Client> clients = new HashSet<>();
  private @Nullable Batch gathering;

  private static final class Batch {
    final List<Frame> frames = new ArrayList<>();
    final CompletableFuture<Void> sent = new CompletableFuture<>();
    long characters;

    void add(List<Frame> more) {
      frames.addAll(more);
      more.forEach(frame -> characters += frame.characters());
    }
  }

  Lane(Context context) {
    this.context = context;
  }

  void add(Client client) {
    endBatch();
    later(() -> clients.add(client));
  }

  void remove(Client client) {
    later(() -> clients.remove(client));
  }

  void later(Runnable work) {
    context.runOnContext(nothing -> work.run());
  }

  void after(long millis, Runnable work) {
    context.owner().setTimer(millis, timer -> later(work));
  }

  /**
   * Sends frames to all clients that were added before. Completes at once, or when many wait, after
   * they have been handed to the connections.
   */
  synchronized CompletableFuture<Void> send(List<Frame> frames) {
    Batch batch = gathering;
    if (batch == null) {
      batch = new Batch();
      gathering = batch;
      Batch begun = batch;
      later(() -> send(begun));
    }
    batch.add(frames);
    return batch.characters > GATHERED_WITHOUT_WAIT
        ? batch.sent
        : CompletableFuture.completedFuture(null);
  }

  /**
   * Completes once all clients have been told and have gone, those included that are only being
   * greeted: whatever ends next would cut them off without a word.
   */
  CompletableFuture<Void> close(short code, String reason) {
    endBatch();
    CompletableFuture<Void> closed = new CompletableFuture<>();
    later(
        () -> {
          CompletableFuture<?>[] gone =
              clients.stream().map(Client::gone).toArray(CompletableFuture[]::new);
          clients.forEach(client -> client.close(code, reason));
          var unused = CompletableFuture.allOf(gone).thenRun(() -> closed.complete(null));
        });
    return closed;
  }

  private void send(Batch batch) {
    synchronized (this) {
      if (batch.equals(gathering)) {
        gathering = null;
      }
    }
    forEach(client -> client.send(batch.frames), batch.sent);
  }

  /** What is sent from now on comes after what is queued from now on. */
  private synchronized void endBatch() {
    gathering = null;
  }

  private void forEach(Consumer<Client> work, CompletableFuture<Void> done) {
    try {
      clients.forEach(work);
    } finally {
      done.complete(null);
    }
  }
}
