package io.streamforge.camel.socket;

import io.vertx.core.Context;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;

/**
 * What the consumer and the producers of one path share: the newest frames, and the clients.
 *
 * <p>Keeping a frame and queueing it to the lanes is one step under the lock, and so is taking a
 * replay and queueing the new client to its lane: hence each client gets every frame once, in
 * order, either replayed or live.
 */
final class Hub {

  private static final short GOING_AWAY = 1001;
  private static final int DEFAULT_REPLAY = 10_000;

  private final Map<Thread, Lane> lanes = new HashMap<>();
  private final Ring ring = new Ring(DEFAULT_REPLAY);
  private final AtomicInteger clients = new AtomicInteger();
  private final String path;
  private final LiveSocketMeters meters;
  private boolean open;
  private int maxClients;
  private volatile int maxQueueBytes;

  Hub(CamelContext camel, String path) {
    this.path = path;
    this.meters = new LiveSocketMeters(camel, path, clients);
  }

  synchronized void replay(int frames) {
    ring.capacity(frames);
  }

  /** Admits clients from now on. */
  synchronized void open(int mostClients, int mostQueueBytes) {
    if (open) {
      throw new IllegalStateException("Two routes are from live-socket:" + path + "; leave one");
    }
    maxClients = mostClients;
    maxQueueBytes = mostQueueBytes;
    open = true;
    meters.show();
  }

  /** Disconnects all clients; completes once each has been told and has gone. The frames stay. */
  synchronized CompletableFuture<Void> close() {
    open = false;
    CompletableFuture<?>[] closed =
        lanes.values().stream()
            .map(lane -> lane.close(GOING_AWAY, "stopped; connect again"))
            .toArray(CompletableFuture[]::new);
    lanes.clear();
    return CompletableFuture.allOf(closed);
  }

  /** Admits a client whose connection is on the event loop of the calling thread. */
  synchronized Client admit(ConnectionRequest request, Context context) throws Refused {
    if (!open) {
      throw Refused.unavailable("Not open at the moment; try again later");
    }
    if (clients.get() >= maxClients) {
      throw Refused.unavailable("No room for another client; try again later");
    }
    clients.incrementAndGet();
    meters.show();
    Lane lane = lanes.computeIfAbsent(Thread.currentThread(), loop -> new Lane(context));
    Replay replay =
        request.since().isPresent() ? ring.after(request.since().getAsLong()) : Replay.NOTHING;
    Client client = new Client(request, replay, this, lane);
    lane.add(client);
    return client;
  }

  /**
   * Keeps those frames that are numbered and new, and sends them and those not numbered. Completes
   * once few wait for the event loops to take them, which waits for no client.
   */
  synchronized CompletableFuture<Void> broadcast(List<Frame> frames) {
    List<Frame> fresh =
        frames.stream().filter(frame -> !frame.isNumbered() || ring.add(frame)).toList();
    if (fresh.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    return CompletableFuture.allOf(
        lanes.values().stream().map(lane -> lane.send(fresh)).toArray(CompletableFuture[]::new));
  }

  int maxQueueBytes() {
    return maxQueueBytes;
  }

  void left() {
    clients.decrementAndGet();
  }

  void dropped() {
    meters.countDropped();
  }
}
