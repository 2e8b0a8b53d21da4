package io.streamforge.browser;

import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.playground.FreePorts;
import io.streamforge.service.RunningService;
import java.util.HashMap;
import java.util.Map;
import org.openqa.selenium.chrome.ChromeDriver;

/** A service with quick workers and a stand-in for a model, and a browser to look at it. */
final class Dashboard implements AutoCloseable {
  private final RunningService service = RunningService.start(settings(Map.of()));
  private final ChromeDriver driver = Chromium.start();

  /** Settings of a service that nobody else talks to; {@code more} go before them. */
  static Map<String, String> settings(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("QUEUE_UPDATES_TOPIC", TestBroker.uniqueName("queue-updates"));
    settings.put("PLAYGROUND", "true");
    settings.put("PLAYGROUND_PORT", Integer.toString(FreePorts.find()));
    // A browser beside it takes what the service needs to be called healthy in time.
    settings.putAll(
        Map.of(
            "DEPENDENCY_PATIENCE", "12s",
            "KAFKA_PROBE_TIMEOUT", "10s",
            "KAFKA_ADMIN_TIMEOUT", "10s"));
    settings.putAll(more);
    return settings;
  }

  RunningService service() {
    return service;
  }

  /** A page to look at the service with. */
  Page page() {
    return new Page(driver, service.uri("/"));
  }

  @Override
  public void close() {
    driver.quit();
    service.close();
  }
}
