package io.streamforge;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.BotState.Peer;
import io.streamforge.Dependencies.Answer;
import io.streamforge.camel.leadership.Leadership;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the bot, and the whole service, tells of itself. */
public final class BotReports {
  private static final List<String> FEATURES =
      List.of(
          "Participants, topics, key points with links, tasks and conclusions of a thread",
          "Threads of any length, covered whole",
          "Commands in threads, in direct messages and as a slash command",
          "Answers in English and in Russian",
          "Summaries for other systems over REST");

  private final Supplier<BotState> bot;
  private final Dependencies dependencies;
  private final Supplier<Leadership.State> leadership;
  private final String version;
  private final List<String> commands;
  private final Clock clock;

  /**
   * @param commands what the bot listens to
   */
  BotReports(
      Supplier<BotState> bot,
      Dependencies dependencies,
      Supplier<Leadership.State> leadership,
      String version,
      List<String> commands,
      Clock clock) {
    this.bot = requireNonNull(bot, "bot is null");
    this.dependencies = requireNonNull(dependencies, "dependencies is null");
    this.leadership = requireNonNull(leadership, "leadership is null");
    this.version = requireNonNull(version, "version is null");
    this.commands = List.copyOf(commands);
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Whether the bot is well: it is not when Mattermost is set up but not connected. */
  public Answer health() {
    BotState state = bot.get();
    boolean healthy = state.mattermost().isEmpty() || state.mattermostConnected();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("status", healthy ? "healthy" : "unhealthy").put("timestamp", now());
    answer
        .putObject("details")
        .put("mattermost_connected", state.mattermostConnected())
        .put("llm_connected", state.llmConnected())
        .put("bot_running", state.running())
        .put("websocket_connected", state.websocketConnected())
        .put("bot_username", username(state))
        .put("bot_user_id", userId(state));
    return new Answer(healthy ? 200 : 503, answer.toString());
  }

  /** Each component with what is known of it. */
  public String status() throws InterruptedException {
    Map<String, Dependency.State> seen = dependencies.recent();
    BotState state = bot.get();
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("timestamp", now());
    ObjectNode components = answer.putObject("components");
    components
        .putObject("bot")
        .put("running", state.running())
        .put("username", username(state))
        .put("user_id", userId(state));
    ObjectNode mattermost = describe(components.putObject("mattermost"), state.mattermost());
    ObjectNode websocket = describe(mattermost.objectNode(), state.websocket());
    mattermost.set("websocket", websocket.get("connected"));
    mattermost.set("websocket_since", websocket.get("since"));
    mattermost.set("websocket_last_error", websocket.get("last_error"));
    describe(components.putObject("llm"), state.llm());
    seen.forEach((name, one) -> describe(components.putObject(name), one));
    Leadership.State lead = leadership.get();
    describe(answer.putObject("leadership"), lead);
    boolean away =
        seen.values().stream().anyMatch(one -> !one.up())
            || lead.trouble().isPresent()
            || isAway(state.mattermost())
            // Only the leader listens.
            || (lead.leading() && isAway(state.websocket()))
            || isAway(state.llm());
    return answer.put("overall_status", away ? "degraded" : "healthy").toString();
  }

  /** What the bot is and what it listens to. */
  public String info() {
    BotState state = bot.get();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("name", "Mattermost Summary Bot").put("version", version);
    answer.put("description", "Answers a command in a thread with a structured summary of it");
    FEATURES.forEach(answer.putArray("features")::add);
    commands.forEach(answer.putArray("supported_commands")::add);
    answer
        .putObject("bot_info")
        .put("username", username(state))
        .put("user_id", userId(state))
        .put("running", state.running());
    return answer.put("timestamp", now()).toString();
  }

  private static void describe(ObjectNode component, Dependency.State state) {
    component.put("connected", state.up()).put("since", state.since().toString());
    describeError(component, state.trouble());
  }

  private static void describe(ObjectNode answer, Leadership.State state) {
    answer.put("kind", state.kind()).put("process", state.self()).put("leading", state.leading());
    answer.put("leader", state.leader().map(Leadership.Leader::name).orElse(null));
    answer.put("since", state.leader().map(leader -> leader.since().toString()).orElse(null));
    answer.put("trouble", state.trouble().orElse(null));
  }

  /** What is not set up is not connected, and nothing is known of it. */
  private static ObjectNode describe(ObjectNode component, Optional<Peer> peer) {
    component.put("configured", peer.isPresent());
    component.put("connected", peer.map(Peer::connected).orElse(false));
    component.put("since", peer.map(one -> one.since().toString()).orElse(null));
    describeError(component, peer.flatMap(Peer::error));
    return component;
  }

  private static void describeError(ObjectNode component, Optional<Dependency.Trouble> last) {
    ObjectNode error = component.objectNode();
    last.ifPresent(
        trouble -> error.put("at", trouble.at().toString()).put("message", trouble.message()));
    component.set("last_error", error.isEmpty() ? component.nullNode() : error);
  }

  private static boolean isAway(Optional<Peer> peer) {
    return peer.isPresent() && !peer.get().connected();
  }

  private static @Nullable String username(BotState state) {
    return state.account().map(BotState.Account::username).orElse(null);
  }

  private static @Nullable String userId(BotState state) {
    return state.account().map(BotState.Account::id).orElse(null);
  }

  private String now() {
    return Instant.now(clock).toString();
  }
}
