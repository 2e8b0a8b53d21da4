package io.streamforge.camel.access;

import io.netty.channel.Channel;
import io.streamforge.camel.contract.Answers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps one caller from taking all the room that there is for requests, and for WebSockets, which
 * never end as requests.
 */
final class InFlight {
  private static final String PLACE = "place_in_flight";

  private final int most;
  private final int mostSockets;
  private final Map<String, Integer> requests = new ConcurrentHashMap<>();
  private final Map<String, Integer> sockets = new ConcurrentHashMap<>();

  /**
   * @param most requests of a caller at once
   * @param mostSockets WebSockets of a caller at once
   */
  InFlight(int most, int mostSockets) {
    this.most = most;
    this.mostSockets = mostSockets;
  }

  /** Counts a request until it ends; tells whether there was room for it. */
  boolean enter(RoutingContext context, String key) {
    if (!enter(requests, key, most)) {
      return false;
    }
    Runnable place = once(() -> leave(requests, key));
    if (isUpgrade(context)) {
      if (!enter(sockets, key, mostSockets)) {
        place.run();
        return false;
      }
      Runnable socket = once(() -> leave(sockets, key));
      context.addEndHandler(ended -> socket.run());
      channel(context).closeFuture().addListener(closed -> socket.run());
      context.put(PLACE, place);
    }
    context.addEndHandler(ended -> place.run());
    return true;
  }

  /**
   * Says that a request has been handed on. One that is to become a WebSocket, and that no
   * operation of the contract has taken for its own, is counted as that alone.
   */
  void goneOn(RoutingContext context) {
    Runnable place = context.get(PLACE);
    if (place != null && context.get(Answers.ENDPOINT) == null) {
      place.run();
    }
  }

  static Channel channel(RoutingContext context) {
    return ((ConnectionBase) context.request().connection()).channelHandlerContext().channel();
  }

  static boolean isUpgrade(RoutingContext context) {
    return "websocket".equalsIgnoreCase(context.request().getHeader(HttpHeaders.UPGRADE));
  }

  private static boolean enter(Map<String, Integer> numbers, String key, int most) {
    if (numbers.merge(key, 1, Integer::sum) > most) {
      leave(numbers, key);
      return false;
    }
    return true;
  }

  private static void leave(Map<String, Integer> numbers, String key) {
    numbers.computeIfPresent(key, (same, number) -> number == 1 ? null : number - 1);
  }

  private static Runnable once(Runnable work) {
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (done.compareAndSet(false, true)) {
        work.run();
      }
    };
  }
}
