package io.streamforge.camel.socket;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The upgraded connection of one client. Reaches below Vert.x for two things that it lacks: to
 * write several texts with one flush, which is one call of the system, and to end a connection on
 * which something waits to be written. Only used on the connection's event loop.
 */
final class Line {

  private static final Logger LOG = LoggerFactory.getLogger(Line.class);
  private static final int QUEUE_BYTES = 64 * 1024;
  private static final int LARGEST_FRAME_READ = 4 * 1024;
  private static final long MOST_UNREAD_BYTES = 1 << 20;

  private final ServerWebSocket socket;
  private final ChannelHandlerContext channel;

  Line(ServerWebSocket socket, HttpConnection connection) {
    this.socket = socket;
    this.channel = ((ConnectionBase) connection).channelHandlerContext();
    socket.setWriteQueueMaxSize(QUEUE_BYTES);
    socket.exceptionHandler(cause -> LOG.debug("A client's connection failed", cause));
    channel.pipeline().addBefore(channel.name(), "unread", new CutWhenUnread());
  }

  /** Each PING is answered, whether or not its sender ever reads. */
  private static final class CutWhenUnread extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      if (context.channel().bytesBeforeWritable() > MOST_UNREAD_BYTES) {
        ReferenceCountUtil.release(message);
        ChannelFuture unused = context.close();
        return;
      }
      context.fireChannelRead(message);
    }
  }

  /**
   * Takes from a connection that is not upgraded yet the offer to compress: it would cost each
   * client a compressor of its own, and each short text its own compression.
   */
  static void refuseCompression(HttpConnection connection) {
    ChannelPipeline pipeline = ((ConnectionBase) connection).channelHandlerContext().pipeline();
    if (pipeline.get(WebSocketServerExtensionHandler.class) != null) {
      pipeline.remove(WebSocketServerExtensionHandler.class);
    }
  }

  void onWritable(Runnable work) {
    socket.drainHandler(nothing -> work.run());
  }

  void onClosed(Runnable work) {
    socket.closeHandler(nothing -> work.run());
  }

  /** What a client says is thrown away; much of it at once is told. */
  void onMuchSaid(Runnable work) {
    socket.frameHandler(
        frame -> {
          if (frame.binaryData().length() > LARGEST_FRAME_READ) {
            work.run();
          }
        });
  }

  boolean isWritable() {
    return channel.channel().isWritable();
  }

  /** Writes a text, which goes out with the next flush. */
  void write(String text) {
    ChannelFuture unused = channel.write(new TextWebSocketFrame(text), channel.voidPromise());
  }

  void flush() {
    channel.flush();
  }

  void close(short code, String reason) {
    socket
        .close(code, reason)
        .onFailure(cause -> LOG.debug("A client could not be told why it is closed", cause));
  }

  /** Ends the connection without a word, whatever waits to be written. */
  void cut() {
    ChannelFuture unused = channel.close();
  }
}
