package io.streamforge.camel.socket;

import io.netty.buffer.ByteBufUtil;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client, from the moment it is admitted, before its connection is upgraded: what is broadcast
 * meanwhile waits. Only used on its lane's event loop.
 *
 * <p>Little is handed to the connection at a time; the rest waits here as references to texts that
 * all clients share. What is replayed may wait as long as it takes; what comes live is bounded.
 */
final class Client {

  private static final Logger LOG = LoggerFactory.getLogger(Client.class);
  private static final int SOCKET_QUEUE_BYTES = 64 * 1024;
  private static final int WRITES_A_TURN = 500;
  private static final int LARGEST_FRAME_READ = 4 * 1024;
  private static final long CLOSING_MILLIS = 5_000;
  private static final short MESSAGE_TOO_BIG = 1009;
  private static final short TRY_AGAIN_LATER = 1013;

  private final ConnectionRequest request;
  private final Hub hub;
  private final Lane lane;
  private Replay replay;
  private Iterator<Frame> missed;
  private final ArrayDeque<String> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private @Nullable ServerWebSocket socket;
  private Runnable cut = () -> {};
  private short closeCode;
  private String closeReason = "";
  private boolean left;

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

  /**
   * Greets over the upgraded connection, then sends what was missed and what has waited.
   *
   * @param connectionCut ends the connection without a word
   */
  void open(ServerWebSocket upgraded, Runnable connectionCut, List<String> greetings) {
    upgraded.exceptionHandler(cause -> LOG.debug("A client's connection failed", cause));
    upgraded.closeHandler(nothing -> leave());
    upgraded.frameHandler(this::ignore);
    upgraded.setWriteQueueMaxSize(SOCKET_QUEUE_BYTES);
    upgraded.drainHandler(nothing -> drain());
    socket = upgraded;
    cut = connectionCut;
    if (closeCode != 0) {
      close(upgraded);
      return;
    }
    greetings.forEach(upgraded::writeTextMessage);
    if (!missed.hasNext()) {
      forgetReplay();
    }
    drain();
  }

  /** Sends or queues those frames that concern this client; false once it is being closed. */
  boolean send(List<Frame> frames) {
    for (Frame frame : frames) {
      String text = textFor(frame);
      if (text != null && closeCode == 0) {
        send(text);
      }
    }
    return closeCode == 0;
  }

  /** Closes the connection, now or as soon as it is upgraded. */
  void close(short code, String reason) {
    if (closeCode != 0) {
      return;
    }
    closeCode = code;
    closeReason = reason;
    waiting.clear();
    forgetReplay();
    if (socket != null) {
      close(socket);
    }
  }

  /** Gives the client's place free; repeating it is fine. */
  void leave() {
    if (left) {
      return;
    }
    left = true;
    if (closeCode == 0) {
      closeCode = 1000;
    }
    lane.remove(this);
    hub.left();
  }

  private @Nullable String textFor(Frame frame) {
    boolean wanted =
        frame.key() == null || request.keys().isEmpty() || request.keys().contains(frame.key());
    return wanted ? frame.text(request.format()) : null;
  }

  private void send(String text) {
    if (socket != null && !hasWaiting() && isWritable(socket)) {
      socket.writeTextMessage(text);
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
    if (socket == null || !hasWaiting()) {
      return;
    }
    for (int i = 0; i < WRITES_A_TURN && hasWaiting() && isWritable(socket); i++) {
      String text = next();
      if (text != null) {
        socket.writeTextMessage(text);
      }
    }
    if (hasWaiting() && isWritable(socket)) {
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
    forgetReplay();
    String text = waiting.remove();
    waitingBytes -= ByteBufUtil.utf8Bytes(text);
    return text;
  }

  private void forgetReplay() {
    replay = Replay.NOTHING;
    missed = Collections.emptyIterator();
  }

  private void ignore(WebSocketFrame frame) {
    if (frame.binaryData().length() > LARGEST_FRAME_READ) {
      close(MESSAGE_TOO_BIG, "clients are not listened to");
    }
  }

  private boolean isWritable(ServerWebSocket open) {
    return closeCode == 0 && !open.isClosed() && !open.writeQueueFull();
  }

  private void close(ServerWebSocket open) {
    open.close(closeCode, closeReason)
        .onFailure(cause -> LOG.debug("A client could not be told why it is closed", cause));
    // A peer that does not read never gets the close frame; Vert.x would wait for it for ever.
    lane.after(
        CLOSING_MILLIS,
        () -> {
          if (!left) {
            cut.run();
          }
        });
  }
}
