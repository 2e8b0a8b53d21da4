package io.streamforge.camel.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.streamforge.camel.access.Proxies;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A Vert.x whose HTTP server limits its connections, and has TLS where that is wanted: Camel makes
 * the server with options of its own and has none for this.
 */
final class GuardedVertx extends VertxWrapper {
  private final ConnectionLimits limits;
  private final @Nullable ServerTls tls;
  private final Proxies proxies;
  private final AtomicInteger connections = new AtomicInteger();
  private final Map<String, Integer> byHolder = new ConcurrentHashMap<>();

  GuardedVertx(Vertx vertx, ConnectionLimits limits, @Nullable ServerTls tls, Proxies proxies) {
    super((VertxInternal) vertx);
    this.limits = limits;
    this.proxies = proxies;
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
    Optional<String> holder = proxies.holder(connection.remoteAddress().hostAddress());
    int held = holder.map(one -> byHolder.merge(one, 1, Integer::sum)).orElse(0);
    int all = connections.incrementAndGet();
    channel
        .closeFuture()
        .addListener(
            closed -> {
              connections.decrementAndGet();
              holder.ifPresent(this::release);
            });
    if (all > limits.most() || held > limits.ofOne()) {
      ChannelFuture unused = channel.close();
      return;
    }
    ChannelPipeline pipeline = channel.pipeline();
    RequestDeadline deadline = new RequestDeadline(limits);
    pipeline.addBefore("httpDecoder", "bytes", deadline.bytes());
    pipeline.addBefore("handler", "deadline", deadline);
  }

  private void release(String holder) {
    byHolder.computeIfPresent(holder, (same, held) -> held == 1 ? null : held - 1);
  }
}
