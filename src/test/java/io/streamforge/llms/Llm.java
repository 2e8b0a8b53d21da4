package io.streamforge.llms;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.streamforge.LlmWiring;
import io.streamforge.Settings;
import io.streamforge.TestProcess;
import io.streamforge.camel.llm.LlmAnswer;
import io.streamforge.camel.llm.LlmQuestion;
import io.streamforge.camel.llm.LlmServer;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.main.Main;

/** The routes of one folder of the seam of models, started alone, and endpoints as methods. */
public final class Llm implements AutoCloseable {
  private final Main main = TestProcess.camel();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final ProducerTemplate template;
  private final List<LlmServer> beans;

  Llm(String adapter, Map<String, String> differing) {
    this(adapter, differing, List.of());
  }

  /**
   * @param adapter the folder under routes/llms
   * @param differing what differs from application.properties
   * @param more the names of routes about summaries
   */
  public Llm(String adapter, Map<String, String> differing, List<String> more) {
    Map<String, String> environment = new HashMap<>(Map.of("LLM_API", adapter));
    differing.forEach((name, value) -> environment.put(Settings.variable(name), value));
    Settings settings = Settings.load(Path.of(""), environment);
    main.setPropertyPlaceholderLocations("");
    values(settings).forEach(main::addInitialProperty);
    StringBuilder routes = new StringBuilder("file:routes/llms/" + adapter + "/*.camel.yaml");
    more.forEach(name -> routes.append(",file:routes/summaries/" + name + ".camel.yaml"));
    main.configure().setRoutesIncludePattern(routes.toString());
    main.bind("meters", meters);
    main.configure().setShutdownTimeout(5);
    main.init();
    beans = LlmWiring.bind(main.getCamelContext(), settings, Clock.systemUTC());
    try {
      main.start();
      template = main.getCamelTemplate();
    } catch (Exception e) {
      main.shutdown();
      throw new IllegalStateException("the " + adapter + " adapter did not start", e);
    }
  }

  /** All settings but those of Camel: no port is to be opened. */
  private static Map<String, String> values(Settings settings) {
    Properties all = settings.properties();
    return all.stringPropertyNames().stream()
        .filter(name -> !name.startsWith("camel."))
        .collect(toMap(name -> name, all::getProperty));
  }

  LlmAnswer ask(LlmQuestion question) throws Exception {
    return ask(question, Map.of());
  }

  /** With headers that the caller happens to have. */
  LlmAnswer ask(LlmQuestion question, Map<String, Object> headers) throws Exception {
    return (LlmAnswer) requireNonNull(call("ask-llm", question, headers).getMessage().getBody());
  }

  /** With all the patience of the route before the seam. */
  public LlmAnswer consult(LlmQuestion question) throws Exception {
    return (LlmAnswer)
        requireNonNull(call("consult-llm", question, Map.of()).getMessage().getBody());
  }

  public MeterRegistry meters() {
    return meters;
  }

  public <T> T bean(String name, Class<T> type) {
    return main.getCamelContext().getRegistry().lookupByNameAndType(name, type);
  }

  void check() throws Exception {
    Object answer = call("check-llm", "", Map.of()).getMessage().getBody();
    if (answer != null) {
      throw new AssertionError("check-llm answers nothing, not " + answer);
    }
  }

  private Exchange call(String endpoint, Object body, Map<String, Object> headers)
      throws Exception {
    Exchange done =
        template.request(
            "direct:" + endpoint,
            sent -> {
              sent.getMessage().setBody(body);
              sent.getMessage().setHeaders(new HashMap<>(headers));
            });
    Map<String, Object> left = done.getMessage().getHeaders();
    if (!left.isEmpty()) {
      throw new AssertionError(endpoint + " leaves headers behind: " + left);
    }
    // A stream that is left behind would fail whoever caches it.
    if (done.getMessage().getBody() instanceof InputStream) {
      throw new AssertionError(endpoint + " leaves a stream behind");
    }
    if (done.getException() != null) {
      throw done.getException();
    }
    return done;
  }

  @Override
  public void close() {
    main.shutdown();
    beans.forEach(LlmServer::close);
  }
}
