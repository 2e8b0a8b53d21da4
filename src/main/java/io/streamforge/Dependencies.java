package io.streamforge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.queues.QueueJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;

/** What the service cannot do without, and whether it is there. */
public final class Dependencies {
  private final CamelContext camel;
  private final Map<String, Check> checks;
  private final Map<String, Instant> failingSince = new LinkedHashMap<>();

  /** One dependency; it fails with the reason. */
  @FunctionalInterface
  public interface Check {
    /** Returns when the dependency is there. */
    void run() throws Exception;
  }

  /** An answer to a question about health: the HTTP status, and the envelope as JSON text. */
  public record Answer(int code, String json) {}

  /** Dependencies by name, in the order in which they are looked at. */
  public Dependencies(CamelContext camel, Map<String, Check> checks) {
    this.camel = camel;
    this.checks = new LinkedHashMap<>(checks);
  }

  /** Looks at each of them. */
  public synchronized Answer check() {
    ObjectNode failing = QueueJson.MAPPER.createObjectNode();
    failures()
        .forEach(
            (name, reason) -> {
              Instant since = failingSince.computeIfAbsent(name, first -> Instant.now());
              failing.putObject(name).put("message", reason).put("since", since.toString());
            });
    failingSince.keySet().removeIf(name -> !failing.has(name));
    String names = String.join(", ", failingSince.keySet());
    return answer(
        failing, "Out of reach: " + names + "; what needs it is refused until it is back");
  }

  /** Whether the start is over. */
  public Answer startup() {
    ObjectNode failing = QueueJson.MAPPER.createObjectNode();
    if (!camel.isStarted()) {
      failing.putObject("routes").put("message", "the routes are being started");
    }
    return answer(failing, "The service is starting");
  }

  /** The dependencies that are not there, with the reason. */
  Map<String, String> failures() {
    Map<String, String> failures = new LinkedHashMap<>();
    checks.forEach(
        (name, check) -> {
          try {
            check.run();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failures.put(name, "interrupted");
          } catch (Exception e) {
            failures.put(name, reason(e));
          }
        });
    return failures;
  }

  private static String reason(Exception failure) {
    Throwable cause = failure;
    boolean wrapped =
        failure instanceof CamelExecutionException || failure instanceof ExecutionException;
    if (wrapped && failure.getCause() != null) {
      cause = failure.getCause();
    }
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }

  private static Answer answer(ObjectNode failing, String message) {
    boolean ok = failing.isEmpty();
    ObjectNode envelope = QueueJson.MAPPER.createObjectNode();
    envelope.put("status", ok ? "success" : "error");
    envelope.put("message", ok ? "All systems operational" : message);
    envelope.set("data", failing);
    return new Answer(ok ? 200 : 503, envelope.toString());
  }
}
