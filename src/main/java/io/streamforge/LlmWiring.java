package io.streamforge;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.streamforge.camel.llm.LlmAnswer;
import io.streamforge.camel.llm.LlmDesk;
import io.streamforge.camel.llm.LlmMeters;
import io.streamforge.camel.llm.LlmQuestion;
import io.streamforge.camel.llm.LlmServer;
import io.streamforge.camel.llm.LlmSettings;
import io.streamforge.camel.llm.LlmState;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spi.Registry;

/** Makes the beans that the routes of models name out of the settings. */
public final class LlmWiring {
  private LlmWiring() {}

  /**
   * Puts them into the registry.
   *
   * @return what is to be closed at the end
   */
  public static List<LlmServer> bind(CamelContext camel, Settings settings, Clock clock) {
    Registry registry = camel.getRegistry();
    LlmMeters meters =
        new LlmMeters(() -> registry.findSingleByType(MeterRegistry.class), "summary.duration");
    LlmServer ollama =
        LlmServer.ollama(server(settings).withoutKey(), settings.number("llm.num.ctx"), clock);
    LlmServer openai = LlmServer.openAi(server(settings), clock);
    ProducerTemplate routes = camel.createProducerTemplate();
    registry.bind("ollamaServer", ollama);
    registry.bind("openaiServer", openai);
    registry.bind("llmState", new LlmState(!settings.text("llm").equals("none"), meters, clock));
    registry.bind(
        "llmDesk", new LlmDesk(question -> ask(routes, question), limits(settings), meters, clock));
    return List.of(ollama, openai);
  }

  private static LlmSettings server(Settings settings) {
    return new LlmSettings(
        settings.text("llm.base.url"),
        settings.text("llm.model"),
        settings.text("llm.api.key"),
        settings.text("llm.proxy.token"),
        settings.text("llm.ca.path"),
        settings.duration("llm.timeout"),
        settings.duration("llm.token.timeout"),
        // The check that runs beside the questions
        settings.number("llm.concurrency") + 1);
  }

  private static LlmDesk.Limits limits(Settings settings) {
    return new LlmDesk.Limits(
        settings.number("llm.concurrency"),
        settings.number("llm.retries"),
        settings.duration("llm.retry.delay"),
        settings.duration("llm.retry.longest.delay"),
        settings.number("llm.breaker.failures"),
        settings.duration("llm.breaker.pause"));
  }

  /** Each try is an exchange of its own, so that none leaves anything behind. */
  private static LlmAnswer ask(ProducerTemplate routes, LlmQuestion question) throws Exception {
    Exchange done =
        routes.request("direct:ask-llm", exchange -> exchange.getMessage().setBody(question));
    if (done.getException() != null) {
      throw done.getException();
    }
    return requireNonNull(done.getMessage().getBody(LlmAnswer.class));
  }
}
