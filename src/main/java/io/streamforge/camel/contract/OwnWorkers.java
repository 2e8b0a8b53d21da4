package io.streamforge.camel.contract;

import io.streamforge.camel.trace.TraceContext;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;

/**
 * Few workers of their own for each operation that must answer when all others are busy, such ones
 * included: whether the process lives is told while it takes its time to tell whether it is ready.
 */
final class OwnWorkers implements Closeable {
  private static final int WORKERS = 2;

  private final Vertx vertx;
  private final Map<String, WorkerExecutor> workers = new ConcurrentHashMap<>();
  private final ProducerTemplate routes;

  OwnWorkers(CamelContext camel, Vertx vertx) {
    this.vertx = vertx;
    routes = camel.createProducerTemplate();
  }

  void answer(RoutingContext context, Operation operation) {
    workers
        .computeIfAbsent(
            operation.id(), id -> vertx.createSharedWorkerExecutor("own-workers-" + id, WORKERS))
        .executeBlocking(() -> ask(context, operation), false)
        .onSuccess(exchange -> write(context, exchange))
        .onFailure(
            failure -> {
              if (failure instanceof Refusal refusal) {
                Answers.refuse(context, refusal);
                return;
              }
              context.fail(failure);
            });
  }

  @SuppressWarnings("try") // It is closed, and not read.
  private Exchange ask(RoutingContext context, Operation operation) {
    var parameters =
        RequestParameters.of(operation, context.request(), name -> context.pathParam(name));
    if (!parameters.faults().isEmpty()) {
      throw Refusal.of(parameters.faults());
    }
    var trace = context.request().getHeader(TraceContext.HEADER);
    try (var logged = TraceContext.logged(trace)) {
      var exchange =
          routes.request(
              "direct:" + operation.id(),
              asked -> {
                asked.setPattern(ExchangePattern.InOut);
                asked.setVariable(TraceContext.HEADER, trace);
                parameters.values().forEach(asked.getMessage()::setHeader);
              });
      Answer.complete(exchange);
      return exchange;
    }
  }

  private static void write(RoutingContext context, Exchange exchange) {
    var message = exchange.getMessage();
    var status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, 200, Integer.class);
    var type = message.getHeader(Exchange.CONTENT_TYPE, "application/json", String.class);
    var body = message.getBody(byte[].class);
    if (context.response().headWritten() || context.response().closed()) {
      return;
    }
    context.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, type);
    for (String name : List.of("Retry-After", "Cache-Control")) {
      var value = message.getHeader(name, String.class);
      if (value != null) {
        context.response().putHeader(name, value);
      }
    }
    context.response().end(body == null ? Buffer.buffer() : Buffer.buffer(body));
  }

  @Override
  public void close() throws IOException {
    routes.close();
    workers.values().forEach(WorkerExecutor::close);
  }
}
