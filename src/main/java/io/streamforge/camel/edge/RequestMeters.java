package io.streamforge.camel.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.streamforge.camel.contract.Answers;
import io.streamforge.camel.edge.EdgeSettings.MeteredPaths;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Counts and times every request that is answered, under the path template that answered it. One
 * that becomes a WebSocket is none of them.
 */
final class RequestMeters {
  private static final Set<String> VERBS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");

  /** Not a status that is ever sent; nginx made it usual. */
  private static final int CLIENT_LEFT = 499;

  private final MeterRegistry registry;
  private final List<MeteredPaths> meteredPaths;
  private final MeterProvider<Counter> requests;
  private final MeterProvider<Timer> durations;

  RequestMeters(MeterRegistry registry, List<MeteredPaths> meteredPaths) {
    this.registry = registry;
    this.meteredPaths = meteredPaths;
    requests =
        Counter.builder("http.requests").description("Total HTTP requests").withRegistry(registry);
    durations =
        Timer.builder("http.request.duration")
            .description("Time until the answer was sent")
            .serviceLevelObjectives(
                Duration.ofMillis(5),
                Duration.ofMillis(25),
                Duration.ofMillis(100),
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                Duration.ofSeconds(10))
            .withRegistry(registry);
  }

  void count(RoutingContext context, Duration duration) {
    var verb = verb(context);
    var endpoint = endpoint(context);
    var response = context.response();
    var status = response.headWritten() ? response.getStatusCode() : CLIENT_LEFT;
    requests
        .withTags("method", verb, "endpoint", endpoint, "http_status", Integer.toString(status))
        .increment();
    durations.withTags("method", verb, "endpoint", endpoint).record(duration);
    for (MeteredPaths paths : meteredPaths) {
      if (paths.include(endpoint)) {
        Counter.builder(paths.meter())
            .description(paths.description())
            .tags("endpoint", endpoint, "outcome", outcome(status))
            .register(registry)
            .increment();
      }
    }
  }

  /** Counts a request that is refused whoever sends it. */
  void refused(String reason) {
    registry.counter("access.refusals", "reason", reason).increment();
  }

  private static String outcome(int status) {
    if (status < 400) {
      return "success";
    }
    return status < 500 ? "refused" : "failed";
  }

  /** Clients choose these; what they make up must not make up series. */
  private static String verb(RoutingContext context) {
    var verb = context.request().method().name();
    return VERBS.contains(verb) ? verb : "other";
  }

  private static String endpoint(RoutingContext context) {
    String endpoint = context.get(Answers.ENDPOINT);
    if (endpoint != null) {
      return endpoint;
    }
    var route = context.currentRoute();
    return route == null || route.getPath() == null ? "other" : route.getPath();
  }
}
