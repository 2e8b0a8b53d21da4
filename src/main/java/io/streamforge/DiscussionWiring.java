package io.streamforge;

import io.streamforge.summaries.AnswerWriter;
import io.streamforge.summaries.PastedReader;
import io.streamforge.summaries.Summariser;
import io.streamforge.summaries.SummaryPrompt;
import io.streamforge.summaries.ThreadReader;
import io.streamforge.summaries.TokenBudget;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.Registry;

/** Makes the beans by which a discussion becomes an answer out of the settings. */
public final class DiscussionWiring {
  private static final Path PROMPT = Path.of("routes/summaries/summary.prompt.md");

  private DiscussionWiring() {}

  /** Binds them, and names the pool of threads in which chunks wait for the model. */
  public static void bind(CamelContext camel, Settings settings, Clock clock) {
    Registry registry = camel.getRegistry();
    TokenBudget budget =
        new TokenBudget(settings.number("llm.num.ctx"), settings.number("llm.longest.answer"));
    registry.bind(
        "summariser",
        new Summariser(
            SummaryPrompt.read(PROMPT),
            budget,
            settings.text("llm.model"),
            settings.text("bot.language"),
            clock));
    registry.bind("threadReader", new ThreadReader());
    registry.bind("pastedReader", new PastedReader());
    registry.bind("answerWriter", new AnswerWriter());
    int atOnce = settings.number("llm.concurrency");
    camel
        .getExecutorServiceManager()
        .registerThreadPoolProfile(
            new ThreadPoolProfileBuilder("summary-chunks")
                .poolSize(atOnce)
                .maxPoolSize(atOnce)
                .maxQueueSize(-1)
                .build());
  }
}
