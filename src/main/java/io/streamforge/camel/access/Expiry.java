package io.streamforge.camel.access;

import io.netty.channel.ChannelFuture;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Ends WebSockets, which outlive the request that was let in, with what their caller showed. */
final class Expiry {
  private Expiry() {}

  static void limit(RoutingContext context, Caller caller) {
    Instant until = caller.until();
    var request = context.request();
    if (until == null || !"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
      return;
    }
    var channel = ((ConnectionBase) request.connection()).channelHandlerContext().channel();
    long millis = Math.max(1, Duration.between(Instant.now(), until).toMillis());
    var end =
        channel
            .eventLoop()
            .schedule(
                () -> {
                  ChannelFuture unused = channel.close();
                },
                millis,
                TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> end.cancel(false));
  }
}
