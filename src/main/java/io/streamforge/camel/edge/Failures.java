package io.streamforge.camel.edge;

import io.streamforge.camel.contract.Answers;
import io.streamforge.camel.trace.TraceContext;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests that failed before or beside any route. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final long maxBodyBytes;
  private final RequestMeters meters;

  Failures(long maxBodyBytes, RequestMeters meters) {
    this.maxBodyBytes = maxBodyBytes;
    this.meters = meters;
  }

  void answer(RoutingContext context) {
    var status = context.statusCode();
    if (context.response().closed()) {
      LOG.debug("A client left before its answer was sent", context.failure());
    } else if (status < 400 || status >= 500) {
      internalError(context);
    } else {
      answer(context, status);
    }
  }

  private void answer(RoutingContext context, int status) {
    switch (status) {
      case 404 -> notFound(context);
      case 413 -> {
        // What is left of the body must not be taken for the next request.
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        long most = context.get(Answers.MOST_BYTES, maxBodyBytes);
        Answers.error(context, 413, "The body is too large: send at most " + most + " bytes");
      }
      default ->
          Answers.error(
              context,
              status,
              "The request cannot be read: check its path, its query and its headers");
    }
  }

  void notFound(RoutingContext context) {
    Answers.error(context, 404, "Nothing is here: GET /openapi.json lists what is served");
  }

  /** A path that cannot even be read matches no route, not the one that counts either. */
  void unreadable(RoutingContext context) {
    context.addEndHandler(ended -> meters.count(context, Duration.ZERO));
    Answers.error(context, 400, "The path cannot be read: write a percent sign as %25");
  }

  @SuppressWarnings("try") // It is closed, and not read.
  private static void internalError(RoutingContext context) {
    var id = UUID.randomUUID().toString();
    try (var trace = TraceContext.logged(context.request().getHeader(TraceContext.HEADER))) {
      LOG.error(
          "Request {} failed: {} {}",
          id,
          context.request().method(),
          context.request().path(),
          context.failure());
    }
    if (context.response().headWritten()) {
      context.request().connection().close();
      return;
    }
    Answers.error(
        context, 500, "Something went wrong here: look for " + id + " in the log of the service");
  }
}
