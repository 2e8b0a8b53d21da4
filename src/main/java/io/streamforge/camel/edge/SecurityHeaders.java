package io.streamforge.camel.edge;

import io.streamforge.camel.access.Proxies;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Tells browsers to take every answer for what it is and to frame none. */
final class SecurityHeaders implements Handler<RoutingContext> {
  private static final CharSequence POLICY_NAME =
      HttpHeaders.createOptimized("Content-Security-Policy");
  private static final CharSequence POLICY =
      HttpHeaders.createOptimized(
          "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
              + " frame-ancestors 'none'");

  /** Swagger UI's style sheet draws its icons from data. */
  private static final CharSequence DOCS_POLICY =
      HttpHeaders.createOptimized(
          "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
              + " form-action 'none'; frame-ancestors 'none'");

  private static final Map<CharSequence, CharSequence> HEADERS =
      Map.of(
          HttpHeaders.createOptimized("X-Content-Type-Options"),
          HttpHeaders.createOptimized("nosniff"),
          HttpHeaders.createOptimized("X-Frame-Options"),
          HttpHeaders.createOptimized("DENY"),
          HttpHeaders.createOptimized("Referrer-Policy"),
          HttpHeaders.createOptimized("no-referrer"),
          HttpHeaders.createOptimized("Cross-Origin-Resource-Policy"),
          HttpHeaders.createOptimized("same-origin"),
          // Pages say otherwise; data is for whoever asked and nobody else.
          HttpHeaders.CACHE_CONTROL,
          HttpHeaders.createOptimized("no-store"));

  /** A browser that came over TLS once comes over TLS from then on. */
  private static final CharSequence STRICT_TRANSPORT =
      HttpHeaders.createOptimized("Strict-Transport-Security");

  private static final CharSequence ONE_YEAR = HttpHeaders.createOptimized("max-age=31536000");

  private final Proxies proxies;

  SecurityHeaders(Proxies proxies) {
    this.proxies = proxies;
  }

  @Override
  public void handle(RoutingContext context) {
    var headers = context.response().headers();
    HEADERS.forEach(headers::set);
    if (proxies.scheme(context.request()).equals("https")) {
      headers.set(STRICT_TRANSPORT, ONE_YEAR);
    }
    headers.set(POLICY_NAME, context.normalizedPath().startsWith("/docs") ? DOCS_POLICY : POLICY);
    context.next();
  }
}
