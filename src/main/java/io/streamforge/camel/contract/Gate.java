package io.streamforge.camel.contract;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/**
 * Stands before a path of the contract, on the event loop and before any body is read: lets in the
 * verbs and the content type that the contract names.
 */
final class Gate implements Handler<RoutingContext> {
  private final String path;
  private final Map<String, Operation> operations;
  private final BiConsumer<RoutingContext, Operation> ownWorkers;
  private final String allowed;

  /**
   * @param operations of this path, by their verb
   * @param ownWorkers answers the operations that have their own workers
   */
  Gate(
      String path,
      Map<String, Operation> operations,
      BiConsumer<RoutingContext, Operation> ownWorkers) {
    this.path = path;
    this.operations = Map.copyOf(operations);
    this.ownWorkers = ownWorkers;
    var verbs = new TreeSet<>(operations.keySet());
    if (verbs.contains("GET")) {
      verbs.add("HEAD");
    }
    verbs.add("OPTIONS");
    allowed = String.join(", ", verbs);
  }

  @Override
  public void handle(RoutingContext context) {
    context.put(Answers.ENDPOINT, path);
    operation(context.request())
        .ifPresentOrElse(
            operation -> handle(context, operation), () -> Answers.allow(context, allowed));
  }

  private void handle(RoutingContext context, Operation operation) {
    var request = context.request();
    var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (operation.body() == null) {
      // A form on a request without body would become message headers.
      request.headers().remove(HttpHeaders.CONTENT_TYPE);
    } else if ((operation.bodyRequired() || hasBody(request))
        && !operation.mediaType().isNamedBy(type)) {
      Answers.error(context, 415, "Send the body as " + operation.mediaType().text());
      return;
    } else if (operation.mediaType() == MediaType.FORM) {
      // Else it is taken apart before the contract sees it, and its fields become message headers.
      request.headers().set(HttpHeaders.CONTENT_TYPE, "application/octet-stream");
    }
    if (operation.ownWorkers()) {
      ownWorkers.accept(context, operation);
      return;
    }
    context.next();
  }

  private Optional<Operation> operation(HttpServerRequest request) {
    var verb = request.method().name();
    return Optional.ofNullable(operations.get(verb.equals("HEAD") ? "GET" : verb));
  }

  private static boolean hasBody(HttpServerRequest request) {
    var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }
}
