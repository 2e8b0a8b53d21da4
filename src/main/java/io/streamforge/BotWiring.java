package io.streamforge;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.streamforge.BotState.Peer;
import io.streamforge.camel.leadership.Leadership;
import io.streamforge.camel.llm.LlmState;
import io.streamforge.camel.mattermost.MattermostAccount;
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

/** Makes the beans by which the bot shows itself and its summaries; after those of its peers. */
final class BotWiring {
  private BotWiring() {}

  static void bind(
      Registry registry,
      Settings settings,
      Dependencies dependencies,
      Leadership leadership,
      Clock clock) {
    MattermostAccount account =
        registry.lookupByNameAndType("mattermostAccount", MattermostAccount.class);
    LlmState llm = registry.lookupByNameAndType("llmState", LlmState.class);
    boolean mattermost = settings.text("mattermost.on").equals("true");
    Supplier<BotState> state = () -> state(mattermost, account, llm);
    registry.bind(
        "botReports",
        new BotReports(
            state,
            dependencies,
            leadership::state,
            version(),
            settings.list("bot.commands"),
            clock));
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

  /** What Mattermost and the server of the model have last been seen to do. */
  private static BotState state(boolean mattermost, MattermostAccount account, LlmState llm) {
    return new BotState(
        account.account().map(each -> new BotState.Account(each.id(), each.username())),
        Optional.of(account.rest()).filter(any -> mattermost).map(BotWiring::peer),
        Optional.of(account.socket()).filter(any -> mattermost).map(BotWiring::peer),
        Optional.of(llm).filter(LlmState::configured).map(BotWiring::peer));
  }

  private static Peer peer(MattermostAccount.State state) {
    return peer(state.up(), state.since(), state.error(), state.errorAt().orElse(state.since()));
  }

  private static Peer peer(LlmState state) {
    return peer(state.connected(), state.since(), state.lastError(), state.lookedAt());
  }

  private static Peer peer(boolean up, Instant since, Optional<String> error, Instant errorAt) {
    return new Peer(up, since, error.map(words -> new Dependency.Trouble(errorAt, words)));
  }

  /** That of the jar; there is none where classes are run as they were compiled. */
  private static String version() {
    return Optional.ofNullable(BotWiring.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
