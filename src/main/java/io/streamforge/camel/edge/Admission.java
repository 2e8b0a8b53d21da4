package io.streamforge.camel.edge;

import io.streamforge.camel.contract.Answers;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Lets in as many requests at once as the service can bear, and none once it stops. */
final class Admission implements Handler<RoutingContext> {
  private static final String READINESS = "/health/ready";
  private static final int RETRY_AFTER_SECONDS = 1;

  /** On the way down: from DRAINING on it is not ready, in CLOSING it refuses everything. */
  enum Phase {
    SERVING,
    DRAINING,
    CLOSING
  }

  private final int maxInFlight;
  private final Predicate<String> unlimited;
  private final RequestMeters meters;
  private final AtomicInteger inFlight = new AtomicInteger();
  private volatile Phase phase = Phase.SERVING;

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
    // A WebSocket stays; it is its route that limits how many there may be.
    var counted = !context.request().headers().contains(HttpHeaders.UPGRADE);
    var now = counted ? inFlight.incrementAndGet() : 0;
    context.addEndHandler(
        ended -> {
          if (counted) {
            inFlight.decrementAndGet();
          }
          meters.count(context, Duration.ofNanos(System.nanoTime() - begin));
        });
    switch (phase) {
      case CLOSING -> refuse(context);
      case DRAINING -> {
        if (context.normalizedPath().equals(READINESS)) {
          refuse(context);
          return;
        }
        admit(context, now);
      }
      case SERVING -> admit(context, now);
    }
  }

  private void admit(RoutingContext context, int now) {
    if (now > maxInFlight && !unlimited.test(context.normalizedPath())) {
      Answers.errorForNow(
          context,
          429,
          "Too many requests are under way: try again in a second",
          RETRY_AFTER_SECONDS);
      return;
    }
    context.next();
  }

  private static void refuse(RoutingContext context) {
    context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    Answers.errorForNow(
        context, 503, "The service is stopping: try again in a second", RETRY_AFTER_SECONDS);
  }
}
