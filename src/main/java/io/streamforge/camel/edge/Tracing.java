package io.streamforge.camel.edge;

import io.streamforge.camel.trace.TraceContext;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Gives each request a trace: the one that came with it, else a new one. Whatever follows finds it,
 * and nothing else, in the header of the request; the answer tells it.
 */
final class Tracing implements Handler<RoutingContext> {

  @Override
  public void handle(RoutingContext context) {
    MultiMap headers = context.request().headers();
    List<String> given = headers.getAll(TraceContext.HEADER);
    // Of two that contradict each other neither can be relied on.
    String trace = TraceContext.continuing(given.size() == 1 ? given.get(0) : null).toString();
    headers.set(TraceContext.HEADER, trace);
    context.response().putHeader(TraceContext.HEADER, trace);
    context.next();
  }
}
