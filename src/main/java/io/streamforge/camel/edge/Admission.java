package io.streamforge.camel.edge;

import io.streamforge.camel.contract.Answers;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Lets in as many requests at once as the service can bear, and none before or after it serves. */
final class Admission implements Handler<RoutingContext> {
  private static final String READINESS = "/health/ready";
  private static final int RETRY_AFTER_SECONDS = 1;

  /**
   * Paths that are answered in any case have workers of their own, and so room of its own has each:
   * who asks for one takes none from others, and does not fill memory either.
   */
  private static final int UNLIMITED_SHARE = 4;

  /** While DRAINING all is served but it is not ready; STARTING and CLOSING refuse everything. */
  enum Phase {
    STARTING,
    SERVING,
    DRAINING,
    CLOSING
  }

  private final int maxInFlight;
  private final Predicate<String> unlimited;
  private final RequestMeters meters;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Map<String, AtomicInteger> unlimitedInFlight = new ConcurrentHashMap<>();
  private volatile Phase phase = Phase.STARTING;

  /**
   * @param unlimited says of a path whether it is answered however many requests are under way
   */
  Admission(int maxInFlight, Predicate<String> unlimited, RequestMeters meters) {
    this.maxInFlight = maxInFlight;
    this.unlimited = unlimited;
    this.meters = meters;
  }

  void enter(Phase next) {
    phase = next;
  }

  @Override
  public void handle(RoutingContext context) {
    var begin = System.nanoTime();
    var path = context.normalizedPath();
    var always = unlimited.test(path);
    var room =
        always ? unlimitedInFlight.computeIfAbsent(path, first -> new AtomicInteger()) : inFlight;
    var tooMany = room.incrementAndGet() > (always ? UNLIMITED_SHARE * maxInFlight : maxInFlight);
    var held = new AtomicBoolean(true);
    context.addEndHandler(
        ended -> {
          release(room, held);
          meters.count(context, Duration.ofNanos(System.nanoTime() - begin));
        });
    switch (phase) {
      case STARTING -> refuse(context, "The service is starting");
      case CLOSING -> refuse(context, "The service is stopping");
      case DRAINING -> {
        if (path.equals(READINESS)) {
          refuse(context, "The service is stopping");
        } else {
          letGo(context);
          admit(context, tooMany);
        }
      }
      case SERVING -> admit(context, tooMany);
    }
    // A WebSocket stays and never ends as a request; its route limits how many there may be.
    if ("websocket".equalsIgnoreCase(context.request().getHeader(HttpHeaders.UPGRADE))
        && context.get(Answers.ENDPOINT) == null) {
      release(room, held);
    }
  }

  private static void release(AtomicInteger room, AtomicBoolean held) {
    if (held.compareAndSet(true, false)) {
      room.decrementAndGet();
    }
  }

  private void admit(RoutingContext context, boolean tooMany) {
    if (tooMany) {
      meters.refused("busy");
      Answers.errorForNow(
          context,
          429,
          "Too many requests are under way: try again in a second",
          RETRY_AFTER_SECONDS);
      return;
    }
    context.next();
  }

  /** Whoever keeps its connection goes to another process with its next request. */
  private static void letGo(RoutingContext context) {
    boolean keeps = context.request().version() == HttpVersion.HTTP_1_1;
    if (keeps && !context.request().headers().contains(HttpHeaders.UPGRADE)) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
  }

  private static void refuse(RoutingContext context, String reason) {
    if (context.request().version() != HttpVersion.HTTP_2) {
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    Answers.errorForNow(context, 503, reason + ": try again in a second", RETRY_AFTER_SECONDS);
  }
}
