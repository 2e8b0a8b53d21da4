package io.streamforge.camel.socket;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * Counts the clients of one path, where Camel's registry has one meter registry. Meters are looked
 * up at each use, since a reload of routes empties that registry.
 */
final class LiveSocketMeters {

  private static final String CLIENTS = "live.socket.clients";
  private static final String DROPPED = "live.socket.dropped";
  private static final String PATH = "path";

  private final CamelContext camel;
  private final String path;
  private final AtomicInteger clients;

  LiveSocketMeters(CamelContext camel, String path, AtomicInteger clients) {
    this.camel = camel;
    this.path = path;
    this.clients = clients;
  }

  /** Makes the meters appear, also while nobody has connected or been dropped. */
  void show() {
    MeterRegistry registry = registry();
    if (registry == null) {
      return;
    }
    dropped(registry);
    if (registry.find(CLIENTS).tag(PATH, path).gauge() == null) {
      Gauge.builder(CLIENTS, clients, AtomicInteger::get)
          .description("WebSocket clients that are connected")
          .tag(PATH, path)
          .register(registry);
    }
  }

  void countDropped() {
    MeterRegistry registry = registry();
    if (registry != null) {
      dropped(registry).increment();
    }
  }

  private Counter dropped(MeterRegistry registry) {
    return Counter.builder(DROPPED)
        .description("WebSocket clients that were disconnected because they read too slowly")
        .tag(PATH, path)
        .register(registry);
  }

  private @Nullable MeterRegistry registry() {
    return camel.getRegistry().findSingleByType(MeterRegistry.class);
  }
}
