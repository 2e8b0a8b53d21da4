package io.streamforge.camel.access;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Ends WebSockets, which outlive the request that was let in, with what their caller showed. */
final class Expiry {
  private final Map<String, Set<Channel>> byToken = new ConcurrentHashMap<>();

  void limit(RoutingContext context, Caller caller) {
    if (!InFlight.isUpgrade(context)) {
      return;
    }
    Channel channel = InFlight.channel(context);
    Instant until = caller.until();
    if (until != null) {
      end(channel, until);
    }
    String hash = caller.tokenHash();
    if (hash != null) {
      byToken.compute(
          hash,
          (same, before) -> {
            Set<Channel> channels = before == null ? ConcurrentHashMap.newKeySet() : before;
            channels.add(channel);
            return channels;
          });
      channel.closeFuture().addListener(closed -> forget(hash, channel));
    }
  }

  private static void end(Channel channel, Instant until) {
    long millis = Math.max(1, Duration.between(Instant.now(), until).toMillis());
    var end = channel.eventLoop().schedule(() -> close(channel), millis, TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> end.cancel(false));
  }

  private void forget(String hash, Channel channel) {
    byToken.computeIfPresent(
        hash,
        (same, channels) -> {
          channels.remove(channel);
          return channels.isEmpty() ? null : channels;
        });
  }

  /** Ends those whose API token is good no more. */
  void endUnless(Predicate<String> isGood) {
    byToken.forEach(
        (hash, channels) -> {
          if (!isGood.test(hash)) {
            channels.forEach(Expiry::close);
          }
        });
  }

  private static void close(Channel channel) {
    ChannelFuture unused = channel.close();
  }
}
