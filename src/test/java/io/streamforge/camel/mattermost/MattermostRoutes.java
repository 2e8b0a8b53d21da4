package io.streamforge.camel.mattermost;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.streamforge.MattermostWiring;
import io.streamforge.Settings;
import io.streamforge.camel.leadership.Everyone;
import io.streamforge.camel.leadership.LeaderOnly;
import io.streamforge.camel.leadership.Leadership;
import io.streamforge.playground.MattermostDouble;
import io.streamforge.playground.MattermostUser;
import io.streamforge.summaries.ReadPosition;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/** The routes about Mattermost, with those that they call played: what they heard is kept. */
public final class MattermostRoutes implements AutoCloseable {
  private static final List<String> ALL =
      List.of(
          "call-mattermost",
          "check-mattermost",
          "watch-mattermost",
          "listen-to-mattermost",
          "catch-up",
          "catch-up-round",
          "catch-up-step",
          "catch-up-regularly",
          "hear-missed-post");

  final CamelContext camel = new DefaultCamelContext();
  private final Leadership leadership = new Leadership(new Everyone(), "this", Clock.systemUTC());
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final ProducerTemplate template;
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final Set<String> claimed = ConcurrentHashMap.newKeySet();
  private volatile Predicate<JsonNode> taken = post -> true;

  /** A post that was handed over. */
  public record Heard(String id, String message, String channelType) {}

  /** What a process leaves to the next: the positions in the store. */
  public static final class Positions {
    final Map<String, Long> byName = new ConcurrentHashMap<>();

    void save(ReadPosition position) {
      byName.merge(position.name(), position.millis(), Math::max);
    }
  }

  /** All of them. */
  MattermostRoutes(
      MattermostDouble server,
      MattermostUser bot,
      Positions positions,
      Map<String, String> differing)
      throws Exception {
    this(server, bot, positions, differing, ALL);
  }

  /** Some of them. */
  MattermostRoutes(
      MattermostDouble server,
      MattermostUser bot,
      Positions positions,
      Map<String, String> differing,
      List<String> names)
      throws Exception {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "MATTERMOST_URL",
                server.url(),
                "MATTERMOST_TOKEN",
                bot.token(),
                "MATTERMOST_RECONNECT_DELAY",
                "50ms",
                "MATTERMOST_RECONNECT_LONGEST_DELAY",
                "200ms"));
    differing.forEach((name, value) -> environment.put(Settings.variable(name), value));
    Settings settings = Settings.load(Path.of(""), environment);
    camel.getPropertiesComponent().setInitialProperties(settings.properties());
    camel.getShutdownStrategy().setTimeout(3);
    camel.getRegistry().bind("metricsRegistry", meters);
    camel.getRegistry().bind("leaderOnly", new LeaderOnly(leadership));
    MattermostWiring.bind(camel, settings);
    camel.addRoutes(played(positions));
    load("errors");
    for (String route : names) {
      load("summaries/" + route);
    }
    template = camel.createProducerTemplate();
    camel.start();
    leadership.start();
  }

  private void load(String name) throws Exception {
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(
            ResourceHelper.resolveMandatoryResource(camel, "file:routes/" + name + ".camel.yaml"));
  }

  private RouteBuilder played(Positions positions) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:hear-post").errorHandler(noErrorHandler()).process(this::hear);
        from("direct:load-position")
            .errorHandler(noErrorHandler())
            .process(
                exchange ->
                    exchange
                        .getMessage()
                        .setBody(
                            positions.byName.get(exchange.getMessage().getBody(String.class))));
        from("direct:save-position")
            .errorHandler(noErrorHandler())
            .process(exchange -> positions.save(exchange.getMessage().getBody(ReadPosition.class)));
      }

      private void hear(Exchange exchange) {
        JsonNode post = exchange.getMessage().getBody(JsonNode.class);
        if (!taken.test(post)) {
          throw new IllegalStateException("the store is away");
        }
        String id = post.path("id").asText();
        // As the claims in the store do, it takes what is handed over twice once.
        if (claimed.add(id)) {
          heard.add(
              new Heard(
                  id,
                  post.path("message").asText(),
                  requireNonNull(exchange.getVariable("channel_type", String.class))));
        }
      }
    };
  }

  /** What was heard so far, in order. */
  List<Heard> heard() {
    return heard;
  }

  List<String> messages() {
    return heard.stream().map(Heard::message).toList();
  }

  /** Only posts that meet this are taken in from now on. */
  void take(Predicate<JsonNode> which) {
    taken = which;
  }

  MattermostAccount account() {
    return requireNonNull(
        camel.getRegistry().lookupByNameAndType("mattermostAccount", MattermostAccount.class));
  }

  /** The answer to a request. */
  JsonNode call(MattermostRequest request) throws Exception {
    return requireNonNull((JsonNode) ask("direct:call-mattermost", request));
  }

  @Nullable Object ask(String endpoint, @Nullable Object body) throws Exception {
    try {
      return template.requestBody(endpoint, body);
    } catch (CamelExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  void send(String endpoint, Exchange exchange) {
    template.send(endpoint, exchange);
  }

  MeterRegistry meters() {
    return meters;
  }

  Exchange send(String endpoint, Object body, Map<String, Object> headers) {
    return template.send(
        endpoint,
        exchange -> {
          exchange.getMessage().setBody(body);
          exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
  }

  @Override
  public void close() {
    leadership.close();
    camel.stop();
  }
}
