package io.streamforge.camel.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.streamforge.camel.contract.Refusal;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * A route for every operation, which shows what it was given. A symbol makes it do otherwise:
 * {@code REFUSE}, {@code DOWN}, {@code BROKEN}, {@code WAIT} (until the latch is opened).
 */
public final class TestRoutes extends RouteBuilder {
  private static final List<String> OPERATIONS =
      List.of(
          "start-queue",
          "stop-queue",
          "list-queues",
          "show-queue",
          "show-history",
          "list-targets",
          "list-dead-letters",
          "resend-dead-letter",
          "show-consumer-lag");

  final CountDownLatch gate = new CountDownLatch(1);
  final CountDownLatch waiting;

  /** What readiness waits for. */
  volatile CountDownLatch probes = new CountDownLatch(0);

  public TestRoutes() {
    this(0);
  }

  /** With a latch that opens when so many requests wait. */
  TestRoutes(int waiting) {
    this.waiting = new CountDownLatch(waiting);
  }

  @Override
  public void configure() {
    for (String operation : OPERATIONS) {
      from("direct:" + operation)
          .routeId(operation)
          .routeConfigurationId("api-errors")
          .process(exchange -> show(operation, exchange));
    }
    for (String operation : List.of("check-live", "check-ready", "check-startup", "show-status")) {
      from("direct:" + operation)
          .routeId(operation)
          .process(exchange -> probe(operation))
          .setBody(constant("{\"status\":\"success\"}"));
    }
    from("direct:unprotected").routeId("unprotected").setBody(constant("never asked"));
  }

  private void probe(String operation) throws InterruptedException {
    if (operation.equals("check-ready") && !probes.await(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nobody answered the probes");
    }
  }

  private void show(String operation, Exchange exchange) throws Exception {
    var message = exchange.getMessage();
    if (message.getBody() instanceof JsonNode body) {
      misbehave(body.path("symbol").asText());
    }
    var shown = JsonNodeFactory.instance.objectNode().put("operation", operation);
    var headers = shown.putObject("headers");
    message.getHeaders().forEach((name, value) -> headers.putPOJO(name, String.valueOf(value)));
    shown.put("body_class", String.valueOf(type(message.getBody())));
    if (message.getBody() instanceof JsonNode body) {
      shown.set("body", body);
    }
    message.setHeader("Set-Cookie", "a=b");
    message.setHeader("Link", "</queues?cursor=x>; rel=\"next\"");
    message.setBody(shown);
  }

  private static String type(Object body) {
    return body == null ? "null" : body.getClass().getSimpleName();
  }

  private void misbehave(String symbol) throws Exception {
    switch (symbol) {
      case "REFUSE" -> throw new Refusal(429, "Too many jobs are live", List.of(), 7);
      case "DOWN" ->
          throw new IllegalStateException("wrapped", new SQLTransientConnectionException("gone"));
      case "BROKEN" -> throw new IllegalArgumentException("secret detail");
      case "WAIT" -> {
        waiting.countDown();
        if (!gate.await(20, TimeUnit.SECONDS)) {
          throw new IllegalStateException("nobody opened the gate");
        }
      }
      default -> {
        // An ordinary request.
      }
    }
  }
}
