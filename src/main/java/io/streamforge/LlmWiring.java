package io.streamforge;

import io.streamforge.camel.llm.LlmServer;
import io.streamforge.camel.llm.LlmSettings;
import java.time.Clock;
import java.util.List;
import org.apache.camel.spi.Registry;

/** Makes the beans that the routes of models name out of the settings. */
public final class LlmWiring {
  private LlmWiring() {}

  /**
   * Puts them into the registry.
   *
   * @return what is to be closed at the end
   */
  public static List<LlmServer> bind(Registry registry, Settings settings, Clock clock) {
    LlmSettings server =
        new LlmSettings(
            settings.text("llm.base.url"),
            settings.text("llm.model"),
            settings.text("llm.api.key"),
            settings.text("llm.proxy.token"),
            settings.text("llm.ca.path"),
            settings.duration("llm.timeout"),
            settings.duration("llm.token.timeout"),
            settings.number("llm.concurrency") + 1);
    LlmServer ollama = LlmServer.ollama(server.withoutKey(), settings.number("llm.num.ctx"), clock);
    LlmServer openai = LlmServer.openAi(server, clock);
    registry.bind("ollamaServer", ollama);
    registry.bind("openaiServer", openai);
    return List.of(ollama, openai);
  }
}
