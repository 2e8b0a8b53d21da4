package io.streamforge.camel.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.DefaultPlatformHttpConsumer;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.spi.RestClientRequestValidator;
import org.apache.camel.spi.RestConfiguration;
import org.apache.camel.spi.RestOpenApiConsumerFactory;
import org.jspecify.annotations.Nullable;

/**
 * An OpenAPI 3.1 contract, out of one or more files, that serves its operations at their own paths.
 * Bound in the registry and named by {@code camel.component.rest-openapi.consumerComponentName}, it
 * makes {@code rest: openApi} with the specification {@code contract:<file>} register one route a
 * path and checks every request: a route starts with the parameters as headers and the body as a
 * tree of JSON, or null if none was sent.
 */
public final class Contract
    implements RestOpenApiConsumerFactory, RestClientRequestValidator, CamelContextAware {
  private static final int MOST_FAULTS = 1000;

  private final ContractDocument document;
  private final Map<String, Map<String, Operation>> operations = new HashMap<>();
  private final Map<String, Operation> operationsById = new HashMap<>();
  private final PathFinder paths;
  private final AtomicInteger anchors = new AtomicInteger();
  private @Nullable CamelContext camel;

  /**
   * @throws IllegalArgumentException naming the file that cannot be read, is no OpenAPI 3.1, or
   *     says again what another one says
   */
  public Contract(List<Path> files) {
    document = ContractDocument.read(files);
    for (Operation operation : new OperationReader(document).read()) {
      operations
          .computeIfAbsent(operation.path(), path -> new HashMap<>())
          .put(operation.verb(), operation);
      if (operationsById.put(operation.id(), operation) != null) {
        throw new IllegalArgumentException("two operations are called " + operation.id());
      }
    }
    paths = new PathFinder(operations.keySet());
  }

  /** Binds it, as {@code contract}, for the routes that are to be loaded. */
  public void bind(CamelContext context) {
    context.getRegistry().bind("contract", this);
    context.getRegistry().bind(ContractOutlines.NAME, document.outlines());
  }

  /** Finds from now on which path each request of a router is for; repeating it is fine. */
  public void findPaths(Router router) {
    paths.serve(router);
  }

  /** The path template that a request is for; empty if it is for none of the contract. */
  public static Optional<String> path(RoutingContext context) {
    return PathFinder.path(context);
  }

  /** The whole contract as JSON text. */
  public byte[] json() {
    return document.json();
  }

  /** The whole contract as YAML text. */
  public byte[] yaml() {
    return document.yaml();
  }

  /**
   * What each operation demands of its callers.
   *
   * @throws IllegalArgumentException naming an operation that does not say it
   */
  public List<Requirement> requirements() {
    return new SecurityReader(document.root()).read();
  }

  /** Whether the path is that of an operation with its own workers. */
  public boolean hasOwnWorkers(String path) {
    return operations.getOrDefault(path, Map.of()).values().stream()
        .anyMatch(Operation::ownWorkers);
  }

  /**
   * Lists the faults of a body as if it had come over HTTP: the schema's, and the rule's about
   * fields that the schema has nothing against.
   *
   * @throws IllegalArgumentException if there is no such operation, or it has no body
   */
  public List<Fault> check(String operationId, JsonNode body) {
    var operation = operationsById.get(operationId);
    if (operation == null || operation.body() == null) {
      throw new IllegalArgumentException("no operation with a body is called " + operationId);
    }
    return faults(operation, operation.body(), body);
  }

  @Override
  public Consumer createConsumer(
      CamelContext context,
      Processor processor,
      String basePath,
      RestConfiguration configuration,
      Map<String, Object> parameters)
      throws Exception {
    if (!basePath.isEmpty() && !basePath.equals("/")) {
      throw new IllegalArgumentException("the contract must not have a base path: " + basePath);
    }
    camel = context;
    RestartedRoute.dropStaleAdvice(processor);
    var http = context.getComponent("platform-http", PlatformHttpComponent.class);
    ContractConsumer.PathConsumers consumers =
        (path, next) ->
            // With a verb or a content type of its own, Vert.x and not the gate would refuse.
            (DefaultPlatformHttpConsumer)
                http.createConsumer(
                    context, next, null, path, null, null, null, configuration, new HashMap<>());
    // Two routes must not consume the same endpoint.
    var anchor = "/contract-" + anchors.incrementAndGet();
    return new ContractConsumer(
        consumers.of(anchor, processor), processor, operations, paths, consumers);
  }

  @Override
  public @Nullable ValidationError validate(Exchange exchange, ValidationContext context) {
    try {
      accept(exchange.getMessage(), PathProcessor.operation(exchange));
      return null;
    } catch (Refusal refusal) {
      exchange.getMessage().removeHeaders("*");
      return new ValidationError(refusal.status(), refusal.envelope().toString());
    }
  }

  private void accept(Message message, Operation operation) {
    var request = ((HttpMessage) message).getRequest();
    var parameters = RequestParameters.of(operation, request, name -> pathParameter(message, name));
    var faults = new ArrayList<>(parameters.faults());
    message.getHeaders().keySet().removeIf(name -> !name.startsWith("Camel"));
    parameters.values().forEach(message::setHeader);
    var body = operation.body() == null ? null : body(message, operation);
    if (operation.body() != null && body != null) {
      faults.addAll(faults(operation, operation.body(), body));
    }
    if (!faults.isEmpty()) {
      throw Refusal.of(shown(faults));
    }
    message.setBody(body);
  }

  /** No client reads more, and an answer must not be many times the request. */
  private static List<Fault> shown(List<Fault> faults) {
    if (faults.size() <= MOST_FAULTS) {
      return faults;
    }
    var shown = new ArrayList<>(faults.subList(0, MOST_FAULTS));
    shown.add(new Fault("body", "has " + (faults.size() - MOST_FAULTS) + " more faults"));
    return shown;
  }

  /** rest-openapi leaves it as it stands in the path. */
  private static String pathParameter(Message message, String name) {
    var raw = message.getHeader(name, "", String.class);
    return QueryStringDecoder.decodeComponent(raw.replace("+", "%2B"));
  }

  private static @Nullable JsonNode body(Message message, Operation operation) {
    byte[] text = message.getBody(byte[].class);
    if (text == null || text.length == 0) {
      if (operation.bodyRequired()) {
        throw new Refusal(400, "The body is empty: send " + operation.mediaType().words());
      }
      return null;
    }
    return operation.mediaType().read(text);
  }

  private List<Fault> faults(Operation operation, ContractSchema schema, JsonNode body) {
    var faults = schema.faults(body, "");
    var rule = rule(operation);
    if (rule.isEmpty() || !(body instanceof ObjectNode)) {
      return faults;
    }
    var faulted = new HashSet<String>();
    faults.forEach(fault -> faulted.add(fault.field()));
    rule.get().faults(body).stream()
        .filter(fault -> faulted.add(fault.field()))
        .forEach(faults::add);
    return faults;
  }

  private Optional<BodyRule> rule(Operation operation) {
    return camel == null
        ? Optional.empty()
        : Optional.ofNullable(
            camel.getRegistry().lookupByNameAndType(operation.id() + "-rule", BodyRule.class));
  }

  @Override
  public void setCamelContext(CamelContext context) {
    camel = context;
  }

  @Override
  public @Nullable CamelContext getCamelContext() {
    return camel;
  }
}
