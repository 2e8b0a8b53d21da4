package io.streamforge.camel.access;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps one caller from taking all the room that there is for requests. */
final class InFlight {
  private final int most;
  private final Map<String, Integer> numbers = new ConcurrentHashMap<>();

  InFlight(int most) {
    this.most = most;
  }

  /** Counts a request until it ends; tells whether there was room for it. */
  boolean enter(RoutingContext context, String key) {
    // A WebSocket never ends as a request; its route limits how many there may be.
    if ("websocket".equalsIgnoreCase(context.request().getHeader(HttpHeaders.UPGRADE))) {
      return true;
    }
    if (numbers.merge(key, 1, Integer::sum) > most) {
      leave(key);
      return false;
    }
    context.addEndHandler(ended -> leave(key));
    return true;
  }

  private void leave(String key) {
    numbers.computeIfPresent(key, (same, number) -> number == 1 ? null : number - 1);
  }
}
