package io.streamforge.camel.contract;

import static org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConstants.AUTHENTICATED_USER;

import io.streamforge.camel.trace.TraceContext;
import io.vertx.ext.auth.User;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** Tells the requests of a path which operation they are for, and completes their answers. */
final class PathProcessor extends DelegateAsyncProcessor {
  private static final String OPERATION = "contract_operation";

  /** The variable by which a route knows the name of its caller; not there where nobody asked. */
  private static final String CALLER = "caller";

  private final Map<String, Operation> operations;

  PathProcessor(Processor next, Map<String, Operation> operations) {
    super(next);
    this.operations = Map.copyOf(operations);
  }

  static Operation operation(Exchange exchange) {
    return exchange.getVariable(OPERATION, Operation.class);
  }

  @Override
  @SuppressWarnings("try") // It is closed, and not read.
  public boolean process(Exchange exchange, AsyncCallback callback) {
    var message = exchange.getMessage();
    var verb = message.getHeader(Exchange.HTTP_METHOD, String.class);
    if (verb.equals("HEAD")) {
      verb = "GET";
      message.setHeader(Exchange.HTTP_METHOD, verb);
    }
    exchange.setVariable(OPERATION, operations.get(verb));
    if (message.removeHeader(AUTHENTICATED_USER) instanceof User caller) {
      exchange.setVariable(CALLER, caller.subject());
    }
    var trace = message.getHeader(TraceContext.HEADER, String.class);
    exchange.setVariable(TraceContext.HEADER, trace);
    try (var logged = TraceContext.logged(trace)) {
      return super.process(
          exchange,
          doneSync -> {
            try (var again = TraceContext.logged(trace)) {
              Answer.complete(exchange);
            }
            callback.done(doneSync);
          });
    }
  }
}
