package io.streamforge.summaries;

import io.streamforge.Settings;
import io.streamforge.SummaryWiring;
import io.streamforge.camel.llm.LlmAnswer;
import io.streamforge.camel.llm.LlmQuestion;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The routes from a discussion to what came of it, with a model that a test plays. */
final class DiscussionRoutes implements AutoCloseable {
  private static final List<String> ROUTES =
      List.of(
          "summarise-discussion",
          "summarise-chunks",
          "summarise-chunk",
          "repair-chunk",
          "tell-progress",
          "merge-gists",
          "merge-batch");

  /** What is asked instead of a server. */
  interface Model {
    LlmAnswer answer(LlmQuestion question) throws Exception;
  }

  final List<LlmQuestion> questions = new CopyOnWriteArrayList<>();
  final List<Progress> progress = new CopyOnWriteArrayList<>();
  private final CamelContext context = new DefaultCamelContext();
  private final ProducerTemplate calls;
  private volatile Model model;
  private volatile boolean deaf;

  private DiscussionRoutes(Map<String, String> environment, Model model) throws Exception {
    this.model = model;
    Map<String, String> variables = new HashMap<>();
    variables.put("LLM_BASE_URL", "http://model.test");
    variables.put("LLM_MODEL", "played");
    variables.putAll(environment);
    Settings settings = Settings.load(Path.of(""), variables);
    context.getPropertiesComponent().setInitialProperties(settings.properties());
    context.getShutdownStrategy().setTimeout(5);
    new SummaryWiring(settings, Clock.systemUTC()).bind(context);
    context.addRoutes(played());
    for (String route : ROUTES) {
      PluginHelper.getRoutesLoader(context)
          .loadRoutes(
              ResourceHelper.resolveMandatoryResource(
                  context, "file:routes/summaries/" + route + ".camel.yaml"));
    }
    context.start();
    calls = context.createProducerTemplate();
  }

  static DiscussionRoutes start(Map<String, String> environment, Model model) throws Exception {
    return new DiscussionRoutes(environment, model);
  }

  private RouteBuilder played() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:consult-llm")
            .errorHandler(noErrorHandler())
            .process(
                exchange -> {
                  LlmQuestion question = exchange.getMessage().getMandatoryBody(LlmQuestion.class);
                  questions.add(question);
                  exchange.getMessage().setBody(model.answer(question));
                });
        from("direct:report-progress")
            .errorHandler(noErrorHandler())
            .process(
                exchange -> {
                  progress.add(exchange.getMessage().getMandatoryBody(Progress.class));
                  if (deaf) {
                    throw new IllegalStateException("nobody can be told");
                  }
                });
      }
    };
  }

  void play(Model next) {
    model = next;
    questions.clear();
    progress.clear();
  }

  /** From now on nobody hears of progress. */
  void deafen() {
    deaf = true;
  }

  Summariser summariser() {
    return context.getRegistry().lookupByNameAndType("summariser", Summariser.class);
  }

  Exchange call(String route, Object body, Map<String, Object> variables) {
    return calls.request(
        "direct:" + route,
        exchange -> {
          exchange.getMessage().setBody(body);
          variables.forEach(exchange::setVariable);
        });
  }

  Summarised summarise(Discussion discussion) throws Exception {
    Exchange exchange = call("summarise-discussion", discussion, Map.of());
    if (exchange.getException() != null) {
      throw exchange.getException();
    }
    return exchange.getMessage().getMandatoryBody(Summarised.class);
  }

  @Override
  public void close() {
    context.stop();
  }
}
