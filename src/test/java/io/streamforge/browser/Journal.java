package io.streamforge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.service.RunningService;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;

/** What a browser did and complained about while a test looked at pages. */
final class Journal {
  private final List<String> complaints = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();
  private final Map<String, String> policies = new TreeMap<>();

  private Journal() {}

  /** All since it was taken the last time. */
  static Journal take(ChromeDriver driver) {
    Journal journal = new Journal();
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
        journal.complaints.add(entry.getMessage());
      }
    }
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode event = RunningService.json(entry.getMessage()).path("message");
      journal.hear(event.path("method").asText(), event.path("params"));
    }
    return journal;
  }

  private void hear(String method, JsonNode event) {
    switch (method) {
      case "Network.requestWillBeSent" -> addresses.add(event.at("/request/url").asText());
      case "Network.webSocketCreated" -> addresses.add(event.path("url").asText());
      case "Network.responseReceived" -> answered(event);
      default -> {
        // The other events tell nothing that is asked here.
      }
    }
  }

  private void answered(JsonNode event) {
    String address = event.at("/response/url").asText();
    if (event.path("type").asText().equals("Document") && address.startsWith("http")) {
      policies.put(address, header(event.at("/response/headers")));
    }
  }

  private static String header(JsonNode headers) {
    String found = "";
    for (var header : headers.properties()) {
      if (header.getKey().equalsIgnoreCase("Content-Security-Policy")) {
        found = header.getValue().asText();
      }
    }
    return found;
  }

  @Override
  public String toString() {
    return "the browser complained of " + complaints + " and asked for " + addresses;
  }

  /**
   * Holds that nothing went wrong in the browser, nothing was asked of another host, and every page
   * came with a policy that keeps foreign scripts and styles out.
   *
   * @param service the host and port that may be asked
   * @param expected parts of complaints that the test provoked
   */
  void assertClean(String service, List<String> expected) {
    assertThat(complaints)
        .filteredOn(complaint -> expected.stream().noneMatch(complaint::contains))
        .as("what the console complains about")
        .isEmpty();
    assertThat(policies).as("the pages that were opened").isNotEmpty();
    assertThat(addresses)
        // The browser draws the signs in its own fields from data.
        .filteredOn(address -> !address.startsWith("data:"))
        .as("what was asked for")
        .allSatisfy(address -> assertThat(URI.create(address).getAuthority()).isEqualTo(service));
    assertThat(policies)
        .allSatisfy(
            (address, policy) ->
                // Swagger UI draws its icons from data.
                assertThat(address.endsWith("/docs/") ? policy.replace("data:", "") : policy)
                    .as("the policy of %s", address)
                    .startsWith("default-src 'self'")
                    .doesNotContain("unsafe", "http:", "https:", "data:", "*"));
  }
}
