package io.streamforge.camel.edge;

import io.streamforge.camel.contract.Answers;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Lets in as many requests at once as the service can bear, and none before or after it serves. */
final class Admission implements Handler<RoutingContext> {
  private static final String READINESS = "/health/ready";
  private static final int RETRY_AFTER_SECONDS = 1;

  /**
   * Those that are answered in any case wait for workers of their own, and must not fill memory.
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
    var held = new AtomicBoolean(true);
    var now = inFlight.incrementAndGet();
    context.addEndHandler(
        ended -> {
          release(held);
          meters.count(context, Duration.ofNanos(System.nanoTime() - begin));
        });
    switch (phase) {
      case STARTING -> refuse(context, "The service is starting");
      case CLOSING -> refuse(context, "The service is stopping");
      case DRAINING -> {
        if (context.normalizedPath().equals(READINESS)) {
          refuse(context, "The service is stopping");
        } else {
          letGo(context);
          admit(context, now);
        }
      }
      case SERVING -> admit(context, now);
    }
    // A WebSocket stays and never ends as a request; its route limits how many there may be.
    if ("websocket".equalsIgnoreCase(context.request().getHeader(HttpHeaders.UPGRADE))
        && context.get(Answers.ENDPOINT) == null) {
      release(held);
    }
  }

  private void release(AtomicBoolean held) {
    if (held.compareAndSet(true, false)) {
      inFlight.decrementAndGet();
    }
  }

  private void admit(RoutingContext context, int now) {
    int most =
        unlimited.test(context.normalizedPath()) ? UNLIMITED_SHARE * maxInFlight : maxInFlight;
    if (now > most) {
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
