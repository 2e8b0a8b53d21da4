package io.streamforge.playground;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.channel.ChannelFuture;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket. What is sent keeps its order, also when it comes from several threads; a client
 * that does not read is cut off.
 */
final class MattermostLine {
  private static final long MOST_WAITING = 64_000_000;

  private final ServerWebSocket socket;
  private final ConnectionBase connection;
  private final Context context;
  private final int fragment;
  private final AtomicLong waiting = new AtomicLong();
  private volatile @Nullable MattermostUser user;
  private volatile boolean mute;
  private long sequence;

  /**
   * @param fragment how many characters a frame has at most; 0 for whole ones
   */
  MattermostLine(ServerWebSocket socket, ConnectionBase connection, Context context, int fragment) {
    this.socket = socket;
    this.connection = connection;
    this.context = context;
    this.fragment = fragment;
  }

  @Nullable MattermostUser user() {
    return user;
  }

  void greet(MattermostUser authenticated) {
    user = authenticated;
  }

  /** Nothing is sent or read any more, pings included; the line stays open. */
  void mute() {
    mute = true;
    connection.channelHandlerContext().channel().config().setAutoRead(false);
  }

  boolean isMute() {
    return mute;
  }

  /** An event in the form in which the server precomputes it: with blanks, as no other JSON. */
  void event(String event, ObjectNode data, ObjectNode broadcast) {
    send(
        "{\"event\": \""
            + event
            + "\", \"data\": "
            + MattermostJson.text(data)
            + ", \"broadcast\": "
            + MattermostJson.text(broadcast)
            + ", \"seq\": "
            + sequence++
            + "}");
  }

  void reply(JsonNode reply) {
    send(MattermostJson.text(reply));
  }

  private void send(String text) {
    if (mute) {
      return;
    }
    if (waiting.addAndGet(text.length()) > MOST_WAITING) {
      cut();
      return;
    }
    context.runOnContext(
        nothing -> {
          if (socket.isClosed()) {
            return;
          }
          frames(text).onComplete(done -> waiting.addAndGet(-text.length()));
        });
  }

  private Future<Void> frames(String text) {
    int from = fragment == 0 ? text.length() : Math.min(fragment, text.length());
    Future<Void> last =
        socket.writeFrame(WebSocketFrame.textFrame(text.substring(0, from), from == text.length()));
    while (from < text.length()) {
      int to = Math.min(from + fragment, text.length());
      WebSocketFrame next =
          WebSocketFrame.continuationFrame(
              Buffer.buffer(text.substring(from, to)), to == text.length());
      last = socket.writeFrame(next);
      from = to;
    }
    return last;
  }

  void ping() {
    if (!mute) {
      context.runOnContext(
          nothing -> {
            if (!socket.isClosed()) {
              socket.writePing(Buffer.buffer());
            }
          });
    }
  }

  /** Ends the TCP connection without a close frame, as the server does. */
  void cut() {
    ChannelFuture unused = connection.channelHandlerContext().close();
  }
}
