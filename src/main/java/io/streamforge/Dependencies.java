package io.streamforge;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the service cannot do without, whether it is there, and since when. */
public final class Dependencies implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Dependencies.class);

  /** For so long a look is good for others who ask: however many do, peers are asked little. */
  private static final Duration RECENT = Duration.ofSeconds(1);

  private static final String UP = "dependency.up";
  private static final String DEPENDENCY = "dependency";

  private final CamelContext camel;
  private final List<Dependency> all;
  private final Duration patience;
  private final Map<String, Dependency.State> told = new HashMap<>();
  private volatile @Nullable Looked looked;
  private final ExecutorService workers =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "dependency-check");
            thread.setDaemon(true);
            return thread;
          });

  /** An answer to a question about health: the HTTP status, and the envelope as JSON text. */
  public record Answer(int code, String json) {}

  private record Looked(Map<String, Dependency.State> seen, long nanos) {}

  /**
   * Dependencies by name, in the order in which they are shown.
   *
   * @param patience how long they have to answer, all at the same time
   * @param mask takes secrets out of what a check fails with
   */
  Dependencies(
      CamelContext camel,
      Map<String, Dependency.Check> checks,
      Duration patience,
      UnaryOperator<String> mask) {
    this.camel = camel;
    this.patience = patience;
    this.all =
        checks.entrySet().stream()
            .map(check -> new Dependency(check.getKey(), check.getValue(), mask, Clock.systemUTC()))
            .toList();
  }

  /** Looks at all of them, at the same time; returns what it saw, by name. */
  Map<String, Dependency.State> look() throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    Map<Dependency, CompletableFuture<Void>> looks = new LinkedHashMap<>();
    all.forEach(dependency -> looks.put(dependency, dependency.look(workers)));
    Map<String, Dependency.State> seen = new LinkedHashMap<>();
    for (Map.Entry<Dependency, CompletableFuture<Void>> look : looks.entrySet()) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      seen.put(look.getKey().name(), look.getKey().await(look.getValue(), left));
    }
    return seen;
  }

  /** What was seen less than a second ago, else what a look sees now. */
  Map<String, Dependency.State> recent() throws InterruptedException {
    Looked before = looked;
    if (before != null && System.nanoTime() - before.nanos() < RECENT.toNanos()) {
      return before.seen();
    }
    Map<String, Dependency.State> seen = look();
    looked = new Looked(seen, System.nanoTime());
    return seen;
  }

  /** Whether requests can be served, and what is missing if not. */
  public Answer check() throws InterruptedException {
    ObjectNode failing = JsonNodeFactory.instance.objectNode();
    Map<String, Dependency.State> seen = recent();
    seen.forEach(
        (name, state) -> {
          if (!state.up()) {
            failing
                .putObject(name)
                .put("message", state.trouble().orElseThrow().message())
                .put("since", state.since().toString());
          }
        });
    return answer(failing, missing(seen));
  }

  /** Looks, and logs what has gone, what else is wrong with it, and what has come back. */
  public synchronized void watch() throws InterruptedException {
    showMeters();
    look()
        .forEach(
            (name, state) -> {
              Dependency.State before = told.put(name, state);
              boolean wasUp = before == null || before.up();
              if (!state.up() && (wasUp || !message(before).equals(message(state)))) {
                LOG.warn("{} is out of reach: {}", name, message(state));
              } else if (state.up() && !wasUp && before != null) {
                Duration away = Duration.between(before.since(), state.since());
                LOG.info("{} is back after {} s", name, away.toSeconds());
              }
            });
  }

  /** Makes the gauges appear: a reload of routes empties the registry. */
  private void showMeters() {
    MeterRegistry meters = camel.getRegistry().findSingleByType(MeterRegistry.class);
    if (meters == null) {
      return;
    }
    for (Dependency dependency : all) {
      if (meters.find(UP).tag(DEPENDENCY, dependency.name()).gauge() == null) {
        Gauge.builder(UP, dependency, each -> each.state().up() ? 1 : 0)
            .description("Whether what the service cannot do without was there at the last look")
            .tag(DEPENDENCY, dependency.name())
            .register(meters);
      }
    }
  }

  /** Whether the start is over. */
  public Answer startup() {
    ObjectNode failing = JsonNodeFactory.instance.objectNode();
    if (!camel.isStarted()) {
      failing.putObject("routes").put("message", "the routes are being started");
    }
    return answer(failing, "The service is starting");
  }

  private static String message(Dependency.State state) {
    return state.trouble().map(Dependency.Trouble::message).orElse("");
  }

  private static String missing(Map<String, Dependency.State> seen) {
    String names =
        seen.entrySet().stream()
            .filter(one -> !one.getValue().up())
            .map(Map.Entry::getKey)
            .collect(joining(", "));
    return names.isEmpty()
        ? "All systems operational"
        : "Out of reach: " + names + "; what needs it is refused until it is back";
  }

  private static Answer answer(ObjectNode failing, String message) {
    boolean ok = failing.isEmpty();
    ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("status", ok ? "success" : "error");
    envelope.put("message", ok ? "All systems operational" : message);
    envelope.set("data", failing);
    return new Answer(ok ? 200 : 503, envelope.toString());
  }

  /** Ends the checks that are under way. */
  @Override
  public void close() {
    workers.shutdownNow();
  }
}
