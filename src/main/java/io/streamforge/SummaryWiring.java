package io.streamforge;

import io.micrometer.core.instrument.MeterRegistry;
import io.streamforge.camel.contract.Places;
import io.streamforge.camel.llm.RoundRobinExecutor;
import io.streamforge.camel.mattermost.MattermostRequests;
import io.streamforge.summaries.Admission;
import io.streamforge.summaries.AnswerWriter;
import io.streamforge.summaries.CallersRequests;
import io.streamforge.summaries.Commands;
import io.streamforge.summaries.Delivery;
import io.streamforge.summaries.Desk;
import io.streamforge.summaries.Doubts;
import io.streamforge.summaries.FailureRule;
import io.streamforge.summaries.Fingerprints;
import io.streamforge.summaries.KeptSummaries;
import io.streamforge.summaries.Links;
import io.streamforge.summaries.Permalinks;
import io.streamforge.summaries.Replies;
import io.streamforge.summaries.Requests;
import io.streamforge.summaries.RestRequests;
import io.streamforge.summaries.SlashCommands;
import io.streamforge.summaries.Summariser;
import io.streamforge.summaries.SummaryMeters;
import io.streamforge.summaries.SummaryPrompt;
import io.streamforge.summaries.SummaryRecorder;
import io.streamforge.summaries.SummaryRule;
import io.streamforge.summaries.ThreadReading;
import io.streamforge.summaries.TokenBudget;
import io.streamforge.summaries.Typing;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.Predicate;
import org.apache.camel.spi.Registry;

/** Makes the beans that the routes of summaries name out of the settings. */
public final class SummaryWiring {
  private final Settings settings;
  private final Clock clock;

  public SummaryWiring(Settings settings, Clock clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** Binds them. */
  public void bind(CamelContext camel) {
    Registry registry = camel.getRegistry();
    String language = settings.text("bot.language");
    Commands commands = new Commands(settings.list("bot.commands"));
    Permalinks permalinks = new Permalinks(settings.text("mattermost.url"));
    Requests requests =
        new Requests(
            commands,
            permalinks,
            language,
            settings.duration("summary.ttl"),
            settings.duration("summary.lease"),
            clock);
    Desk desk = new Desk(UUID.randomUUID().toString(), clock);
    SummaryPrompt prompt = SummaryPrompt.read(Path.of("routes/summaries/summary.prompt.md"));
    Fingerprints fingerprints =
        new Fingerprints(prompt.version() + " " + settings.text("llm.model") + " " + language);
    registry.bind("summariser", summariser(prompt));
    // In its threads the parts of long discussions wait for the model.
    registry.bind(
        "summary-chunks",
        new RoundRobinExecutor("summary-chunks", settings.number("llm.concurrency")));
    registry.bind("summaryRequests", requests);
    registry.bind("summaryDesk", desk);
    registry.bind(
        "summaryDoubts", new Doubts(settings.duration("mattermost.response.timeout"), clock));
    registry.bind("summaryAdmission", admission());
    registry.bind("summaryFailures", failures());
    registry.bind(
        "summaryRecorder",
        new SummaryRecorder(
            new SummaryRule(settings.duration("summary.lease")),
            new SummaryMeters(() -> registry.findSingleByType(MeterRegistry.class)),
            clock));
    registry.bind(
        "keptSummaries",
        new KeptSummaries(clock, settings.duration("summary.retry.delay"), fingerprints));
    registry.bind(
        "summaryDelivery", new Delivery(settings.duration("summary.mention.after"), language));
    registry.bind(
        "summaryReplies",
        new Replies(
            new AnswerWriter(), new Links(settings.text("mattermost.url")), fingerprints, desk));
    registry.bind("threadReading", new ThreadReading(commands));
    registry.bind("typing", new Typing());
    registry.bind(
        "slashCommands", new SlashCommands(settings.list("slash.tokens"), requests, language));
    registry.bind(
        "summariesOverRest",
        new RestRequests(requests, permalinks, desk, !settings.text("mattermost.url").isEmpty()));
    registry.bind("placesOverRest", new Places(settings.number("summary.rest.limit")));
    registry.bind("serviceStays", (Predicate) exchange -> !exchange.getContext().isStopping());
    registry.bind("callersRequests", new CallersRequests(new MattermostRequests()));
  }

  private Summariser summariser(SummaryPrompt prompt) {
    TokenBudget budget =
        new TokenBudget(settings.number("llm.num.ctx"), settings.number("llm.longest.answer"));
    String language = settings.text("bot.language");
    return new Summariser(prompt, budget, settings.text("llm.model"), language, clock);
  }

  private Admission admission() {
    return new Admission(
        settings.number("summary.user.limit"),
        settings.number("summary.channel.limit"),
        settings.number("summary.queue.limit"),
        settings.duration("summary.limit.window"),
        settings.duration("catch.up.max.age"),
        clock);
  }

  private FailureRule failures() {
    return new FailureRule(
        settings.duration("summary.patience"),
        settings.duration("summary.retry.delay"),
        settings.duration("summary.retry.longest.delay"),
        clock);
  }
}
