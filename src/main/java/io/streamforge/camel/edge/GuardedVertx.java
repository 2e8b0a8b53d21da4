package io.streamforge.camel.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A Vert.x whose HTTP server limits its connections, and has TLS where that is wanted: Camel makes
 * the server with options of its own and has none for this.
 */
final class GuardedVertx extends VertxWrapper {
  private final ConnectionLimits limits;
  private final @Nullable ServerTls tls;
  private final AtomicInteger connections = new AtomicInteger();

  GuardedVertx(Vertx vertx, ConnectionLimits limits, @Nullable ServerTls tls) {
    super((VertxInternal) vertx);
    this.limits = limits;
    this.tls = tls;
  }

  int connections() {
    return connections.get();
  }

  @Override
  public HttpServer createHttpServer(HttpServerOptions options) {
    // Clients and proxies speak HTTP/1.1 to us: one protocol to guard.
    options.setHttp2ClearTextEnabled(false).setUseAlpn(false);
    if (tls != null) {
      options
          .setSsl(true)
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .setCertPath(tls.certificate().toString())
                  .setKeyPath(tls.key().toString()));
    }
    return delegate.createHttpServer(options).connectionHandler(this::guard);
  }

  private void guard(HttpConnection connection) {
    Channel channel = ((ConnectionBase) connection).channelHandlerContext().channel();
    if (connections.incrementAndGet() > limits.most()) {
      connections.decrementAndGet();
      ChannelFuture unused = channel.close();
      return;
    }
    channel.closeFuture().addListener(closed -> connections.decrementAndGet());
    ChannelPipeline pipeline = channel.pipeline();
    RequestDeadline deadline = new RequestDeadline(limits);
    pipeline.addBefore("httpDecoder", "bytes", deadline.bytes());
    pipeline.addBefore("handler", "deadline", deadline);
  }
}
