package io.streamforge.camel.edge;

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
          HttpHeaders.createOptimized("no-referrer"));

  @Override
  public void handle(RoutingContext context) {
    var headers = context.response().headers();
    HEADERS.forEach(headers::set);
    headers.set(POLICY_NAME, context.normalizedPath().startsWith("/docs") ? DOCS_POLICY : POLICY);
    context.next();
  }
}
