package io.streamforge;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.streamforge.BotState.Peer;
import io.streamforge.summaries.Permalinks;
import io.streamforge.summaries.SummaryList;
import io.streamforge.summaries.SummaryRequestRule;
import io.streamforge.summaries.SummaryView;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.component.micrometer.MicrometerConstants;
import org.apache.camel.spi.Registry;

/** Makes the beans by which the bot shows itself and its summaries. */
final class BotWiring {
  private BotWiring() {}

  static void bind(Registry registry, Settings settings, Dependencies dependencies, Clock clock) {
    Supplier<BotState> state = state(settings, clock.instant());
    registry.bind(
        "botReports",
        new BotReports(state, dependencies, version(), settings.list("bot.commands"), clock));
    registry.bind("summaryList", new SummaryList());
    registry.bind("summaryView", new SummaryView());
    registry.bind(
        "make-summary-rule",
        new SummaryRequestRule(new Permalinks(settings.text("mattermost.url"))));
    Gauge.builder("mattermost_bot_running", state, bot -> bot.get().running() ? 1 : 0)
        .description("Whether the summary bot is on")
        .register(
            registry.lookupByNameAndType(
                MicrometerConstants.METRICS_REGISTRY_NAME, MeterRegistry.class));
  }

  /** Until somebody has looked, what is set up is not connected. */
  private static Supplier<BotState> state(Settings settings, Instant start) {
    Optional<Peer> unseen = Optional.of(new Peer(false, start, Optional.empty()));
    boolean mattermost = settings.text("mattermost.on").equals("true");
    boolean llm = !settings.text("llm").equals("none");
    BotState state =
        new BotState(
            Optional.empty(),
            mattermost ? unseen : Optional.empty(),
            mattermost ? unseen : Optional.empty(),
            llm ? unseen : Optional.empty());
    return () -> state;
  }

  /** That of the jar; there is none where classes are run as they were compiled. */
  private static String version() {
    return Optional.ofNullable(BotWiring.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
