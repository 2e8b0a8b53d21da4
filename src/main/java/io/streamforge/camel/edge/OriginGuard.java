package io.streamforge.camel.edge;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.streamforge.camel.access.Proxies;
import io.streamforge.camel.contract.Answers;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses requests that the page of another origin makes a browser send, where they change
 * something or open a WebSocket. Allowed origins may also read the answers.
 */
final class OriginGuard implements Handler<RoutingContext> {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

  private final Set<Origin> allowed;
  private final Proxies proxies;
  private final RequestMeters meters;

  OriginGuard(Set<String> allowedOrigins, Proxies proxies, RequestMeters meters) {
    this.meters = meters;
    this.proxies = proxies;
    allowed = allowedOrigins.stream().map(Origin::of).collect(toUnmodifiableSet());
  }

  @Override
  public void handle(RoutingContext context) {
    var request = context.request();
    var given = request.headers().getAll(HttpHeaders.ORIGIN);
    if (given.isEmpty()) {
      context.next();
      return;
    }
    var origin = given.size() == 1 ? Origin.parse(given.get(0)) : Optional.<Origin>empty();
    if (origin.isPresent() && allowed.contains(origin.get())) {
      share(context, given.get(0));
    } else if (changes(request) && (origin.isEmpty() || !origin.equals(own(request)))) {
      meters.refused("origin");
      Answers.error(
          context,
          403,
          "Requests from pages of another origin are refused: use this service's own pages, or add"
              + " the origin to ALLOWED_ORIGINS");
      return;
    }
    context.next();
  }

  private static boolean changes(HttpServerRequest request) {
    return !SAFE.contains(request.method().name())
        || request.headers().contains(HttpHeaders.UPGRADE);
  }

  private Optional<Origin> own(HttpServerRequest request) {
    return Origin.parse(proxies.scheme(request) + "://" + request.authority());
  }

  /** Lets the browser give the page what it asked for, and ask beforehand whether it may. */
  private static void share(RoutingContext context, String origin) {
    var answer = context.response().headers();
    answer.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin).set(HttpHeaders.VARY, "Origin");
    var asked = context.request().headers();
    if (asked.contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)) {
      answer.set(
          HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS,
          asked.get(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD));
      if (asked.contains(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS)) {
        answer.set(
            HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS,
            asked.get(HttpHeaders.ACCESS_CONTROL_REQUEST_HEADERS));
      }
    }
  }
}
