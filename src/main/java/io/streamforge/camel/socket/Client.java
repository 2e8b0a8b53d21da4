package io.streamforge.camel.socket;

import io.netty.buffer.ByteBufUtil;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One client, from the moment it is admitted, before its connection is upgraded: what is broadcast
 * meanwhile waits. Only used on its lane's event loop.
 *
 * <p>Little is handed to the connection at a time; the rest waits here as references to texts that
 * all clients share. What is replayed may wait as long as it takes; what comes live is bounded.
 */
final class Client {

  private static final int WRITES_A_TURN = 500;
  private static final long CLOSING_MILLIS = 5_000;
  private static final short MESSAGE_TOO_BIG = 1009;
  private static final short TRY_AGAIN_LATER = 1013;

  private final ConnectionRequest request;
  private final Hub hub;
  private final Lane lane;
  private final ArrayDeque<String> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private Replay replay;
  private Iterator<Frame> missed;
  private @Nullable Line line;
  private @Nullable Farewell farewell;
  private final CompletableFuture<Void> gone = new CompletableFuture<>();
  private boolean left;

  private record Farewell(short code, String reason) {}

  Client(ConnectionRequest request, Replay replay, Hub hub, Lane lane) {
    this.request = request;
    this.replay = replay;
    this.hub = hub;
    this.lane = lane;
    this.missed = replay.frames().iterator();
  }

  ConnectionRequest request() {
    return request;
  }

  Replay replay() {
    return replay;
  }

  /** Greets over the upgraded connection, then sends what was missed and what has waited. */
  void open(Line upgraded, List<String> greetings) {
    line = upgraded;
    upgraded.onClosed(this::leave);
    upgraded.onWritable(this::drain);
    upgraded.onMuchSaid(() -> close(MESSAGE_TOO_BIG, "nobody listens to clients"));
    if (farewell != null) {
      close(upgraded, farewell);
      return;
    }
    greetings.forEach(upgraded::write);
    upgraded.flush();
    drain();
  }

  /** Sends or queues those frames that concern this client. */
  void send(List<Frame> frames) {
    for (Frame frame : frames) {
      String text = textFor(frame);
      if (text != null) {
        send(text);
      }
    }
    if (line != null && !isLeaving()) {
      line.flush();
    }
  }

  /** Closes the connection, now or as soon as it is upgraded. */
  void close(short code, String reason) {
    if (isLeaving()) {
      return;
    }
    farewell = new Farewell(code, reason);
    waiting.clear();
    forgetReplay();
    if (line != null) {
      close(line, farewell);
    }
  }

  /** Gives the client's place free; repeating it is fine. */
  void leave() {
    if (left) {
      return;
    }
    left = true;
    lane.remove(this);
    hub.left();
    gone.complete(null);
  }

  /** Completes when its place is free. */
  CompletableFuture<Void> gone() {
    return gone;
  }

  private boolean isLeaving() {
    return left || farewell != null;
  }

  private @Nullable String textFor(Frame frame) {
    boolean wanted =
        frame.key() == null || request.keys().isEmpty() || request.keys().contains(frame.key());
    return wanted ? frame.text(request.format()) : null;
  }

  private void send(String text) {
    if (isLeaving()) {
      return;
    }
    if (line != null && !hasWaiting() && line.isWritable()) {
      line.write(text);
      return;
    }
    waiting.add(text);
    waitingBytes += ByteBufUtil.utf8Bytes(text);
    if (waitingBytes > hub.maxQueueBytes()) {
      hub.dropped();
      close(TRY_AGAIN_LATER, "reads too slowly");
    }
  }

  /** Sends what waits, a turn at a time, so that other clients of the event loop have theirs. */
  private void drain() {
    if (line == null || isLeaving()) {
      return;
    }
    for (int i = 0; i < WRITES_A_TURN && hasWaiting() && line.isWritable(); i++) {
      String text = next();
      if (text != null) {
        line.write(text);
      }
    }
    line.flush();
    if (!missed.hasNext()) {
      forgetReplay();
    }
    if (hasWaiting() && line.isWritable()) {
      lane.later(this::drain);
    }
  }

  private boolean hasWaiting() {
    return missed.hasNext() || !waiting.isEmpty();
  }

  private @Nullable String next() {
    if (missed.hasNext()) {
      return textFor(missed.next());
    }
    String text = waiting.remove();
    waitingBytes -= ByteBufUtil.utf8Bytes(text);
    return text;
  }

  private void forgetReplay() {
    replay = Replay.NOTHING;
    missed = Collections.emptyIterator();
  }

  private void close(Line open, Farewell words) {
    open.close(words.code(), words.reason());
    // A peer that does not read never gets these words, and Vert.x would wait for it for ever.
    lane.after(
        CLOSING_MILLIS,
        () -> {
          if (!left) {
            open.cut();
          }
        });
  }
}
