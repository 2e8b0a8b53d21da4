package io.streamforge.camel.edge;

import static io.netty.handler.codec.http.HttpHeaderNames.CONNECTION;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderValues.APPLICATION_JSON;
import static io.netty.handler.codec.http.HttpHeaderValues.CLOSE;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.streamforge.camel.contract.Envelope;
import io.streamforge.camel.contract.StrictJson;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends a connection whose client takes too long over a request. Netty's own time-outs only count
 * silence: they spare who sends a byte now and then, and cut who waits for a slow answer. Here a
 * waiting client has all the time it wants, unless it leaves unread what it waited for, and a
 * WebSocket is left alone. A client that asks on and on without reading its answers, which Vert.x
 * would keep for it in memory, is cut off.
 */
final class RequestDeadline extends ChannelDuplexHandler {
  private static final long LOOKS_A_LIMIT = 4;
  private static final String BYTES = "bytes";
  private static final int MOST_UNANSWERED = 100;
  private static final long MOST_UNREAD_BYTES = 1 << 20;

  private enum Phase {
    /** A new connection, or the first bytes of a next request: its head is to come. */
    HEAD,
    BODY,
    /** The client waits for its answer. */
    ANSWER,
    /** Between two requests. */
    IDLE
  }

  private final ConnectionLimits limits;
  private final LongSupplier nanos;
  private final long lookNanos;
  private Phase phase = Phase.HEAD;
  private long since;
  private int unanswered;
  private boolean answering;
  private @Nullable ScheduledFuture<?> look;

  RequestDeadline(ConnectionLimits limits) {
    this(limits, System::nanoTime);
  }

  RequestDeadline(ConnectionLimits limits, LongSupplier nanos) {
    this.limits = limits;
    this.nanos = nanos;
    since = nanos.getAsLong();
    lookNanos =
        Math.min(
                limits.head().toNanos(), Math.min(limits.body().toNanos(), limits.idle().toNanos()))
            / LOOKS_A_LIMIT;
  }

  /** What stands before the decoder, and hears of bytes that make no request yet. */
  ChannelHandler bytes() {
    return new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext context, Object message) {
        if (phase == Phase.IDLE) {
          enter(Phase.HEAD);
        }
        context.fireChannelRead(message);
      }
    };
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    look =
        context
            .executor()
            .scheduleAtFixedRate(() -> look(context), lookNanos, lookNanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (look != null) {
      look.cancel(false);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest) {
      unanswered++;
      if (unanswered > MOST_UNANSWERED) {
        ChannelFuture unused = context.close();
      }
    }
    if (!context.channel().isOpen()) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (message instanceof HttpRequest) {
      enter(Phase.BODY);
    }
    if (message instanceof LastHttpContent) {
      enter(unanswered > 0 ? Phase.ANSWER : Phase.IDLE);
    }
    context.fireChannelRead(message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    if (message instanceof HttpResponse response) {
      int status = response.status().code();
      if (status == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
        ChannelFuture unused = context.write(message, promise);
        context.pipeline().remove(BYTES);
        context.pipeline().remove(this);
        return;
      }
      if (status < HttpResponseStatus.OK.code()) {
        ChannelFuture unused = context.write(message, promise);
        return;
      }
      if (context.channel().bytesBeforeWritable() > MOST_UNREAD_BYTES) {
        // What is written to it then fails, and is let go.
        ChannelFuture unused = context.close();
      }
      answering = true;
      since = nanos.getAsLong();
    }
    if (message instanceof LastHttpContent) {
      answering = false;
      unanswered--;
      if (unanswered <= 0 && phase == Phase.ANSWER) {
        enter(Phase.IDLE);
      }
    }
    ChannelFuture unused = context.write(message, promise);
  }

  /** It reads again, or leaves unread what is written now. */
  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (answering) {
      since = nanos.getAsLong();
    }
    context.fireChannelWritabilityChanged();
  }

  private void enter(Phase next) {
    phase = next;
    since = nanos.getAsLong();
  }

  private void look(ChannelHandlerContext context) {
    long limit =
        switch (phase) {
          case HEAD -> limits.head().toNanos();
          case BODY -> limits.body().toNanos();
          case ANSWER -> isUnread(context) ? limits.idle().toNanos() : Long.MAX_VALUE;
          case IDLE -> limits.idle().toNanos();
        };
    if (nanos.getAsLong() - since < limit) {
      return;
    }
    if (phase == Phase.IDLE || answering) {
      ChannelFuture unused = context.close();
    } else {
      refuse(context);
    }
  }

  /** Whether its client leaves an answer unread that has begun. */
  private boolean isUnread(ChannelHandlerContext context) {
    return answering && !context.channel().isWritable();
  }

  private void refuse(ChannelHandlerContext context) {
    byte[] body =
        StrictJson.write(
            Envelope.error("The request took too long to arrive: send it again, all at once"));
    var response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.REQUEST_TIMEOUT, Unpooled.wrappedBuffer(body));
    response.headers().set(CONTENT_TYPE, APPLICATION_JSON).set(CONNECTION, CLOSE);
    response.headers().set(CONTENT_LENGTH, body.length);
    enter(Phase.ANSWER);
    context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }
}
