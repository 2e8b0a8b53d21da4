package io.streamforge.queues;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Queues and rules for tests, made from the requests of real users. */
public final class Queues {
  public static final String ID = "b927fa13-3b22-4d44-bc81-1f902a222eee";
  public static final String DIGITS = "b927fa133b22";
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  public static final Waits WAITS =
      new Waits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofSeconds(10),
          Duration.ofMinutes(10),
          false);
  public static final Catalogue CATALOGUE = Catalogue.read(Path.of("routes/queues/targets.yaml"));
  public static final DataNames NAMES = new DataNames(List.of("USDT", "USD", "BTC", "EUR"));
  public static final QueuePlan PLAN = new QueuePlan(CATALOGUE, NAMES, setting -> setting + ":1");
  public static final QueueRule RULE = new QueueRule(WAITS);

  private Queues() {}

  /** The body of a file in requests/valid. */
  public static JsonNode request(String name) {
    try (InputStream in = Queues.class.getResourceAsStream("/requests/valid/" + name + ".json")) {
      return QueueJson.MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static QueueState planned(String name) {
    return planned(request(name));
  }

  public static QueueState planned(JsonNode body) {
    return PLAN.of(body, ID, "a user", "rest", START);
  }

  /** A queue whose steps are these, as {@code target:type}, all launched. */
  public static QueueState launched(String... steps) {
    var body = QueueJson.MAPPER.createObjectNode();
    body.put("symbol", "BTCUSDT").put("time_range", "2024-06-01:2024-06-30");
    var requests = body.putArray("requests");
    for (String step : steps) {
      String[] parts = step.split(":", -1);
      requests.addObject().put("target", parts[0]).put("type", parts[1]);
    }
    QueueRule together = new QueueRule(together());
    return after(together, planned(body), new Observation.Tick(null, START));
  }

  private static Waits together() {
    return new Waits(
        WAITS.witnessGrace(),
        WAITS.stopGrace(),
        WAITS.drainIdle(),
        WAITS.connectorWait(),
        WAITS.launchWindow(),
        WAITS.startDeadline(),
        true);
  }

  public static QueueState after(QueueState queue, Observation... observations) {
    return after(RULE, queue, observations);
  }

  public static QueueState after(QueueRule rule, QueueState queue, Observation... observations) {
    QueueState state = queue;
    for (Observation observation : Arrays.asList(observations)) {
      state = rule.apply(state, List.of(observation));
    }
    return state;
  }

  public static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  public static List<String> lines(String resource) {
    try (InputStream in = Queues.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
