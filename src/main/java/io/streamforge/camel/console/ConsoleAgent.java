package io.streamforge.camel.console;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jolokia.json.JSONStructure;
import org.jolokia.server.core.config.ConfigKey;
import org.jolokia.server.core.config.StaticConfiguration;
import org.jolokia.server.core.http.HttpRequestHandler;
import org.jolokia.server.core.request.EmptyResponseException;
import org.jolokia.server.core.service.JolokiaServiceManagerFactory;
import org.jolokia.server.core.service.api.JolokiaServiceManager;
import org.jolokia.server.core.service.api.LogHandler;
import org.jolokia.service.serializer.JolokiaSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Jolokia agent under one policy; it may wait for what it was asked to do. */
final class ConsoleAgent implements AutoCloseable {
  private static final int DEEPEST = 12;
  private static final int MOST_OBJECTS = 200_000;

  private final JolokiaServiceManager services;
  private final HttpRequestHandler requests;

  ConsoleAgent(ConsolePolicy policy) {
    var configuration =
        new StaticConfiguration(
            ConfigKey.AGENT_ID,
            "console-" + UUID.randomUUID(),
            ConfigKey.INCLUDE_STACKTRACE,
            "false",
            ConfigKey.MAX_DEPTH,
            Integer.toString(DEEPEST),
            ConfigKey.MAX_OBJECTS,
            Integer.toString(MOST_OBJECTS));
    services =
        JolokiaServiceManagerFactory.createJolokiaServiceManager(configuration, new Log(), policy);
    services.addService(new JolokiaSerializer());
    services.addService(new ConsoleRequests(policy));
    requests = new HttpRequestHandler(services.start());
  }

  /** The answer to a request that is written as a path. */
  String get(String path, Map<String, List<String>> parameters) {
    return answer(() -> requests.handleGetRequest(path, path, arrays(parameters)));
  }

  /** The answer to a request, or several, that are written as JSON. */
  String post(byte[] body, Map<String, List<String>> parameters) {
    return answer(
        () ->
            requests.handlePostRequest(
                "",
                new ByteArrayInputStream(body),
                StandardCharsets.UTF_8.name(),
                arrays(parameters)));
  }

  private interface Question {
    JSONStructure ask() throws IOException, EmptyResponseException;
  }

  private String answer(Question question) {
    try {
      return question.ask().toJSONString();
    } catch (EmptyResponseException e) {
      return "";
    } catch (IOException | RuntimeException e) {
      return requests.handleThrowable(e).toJSONString();
    }
  }

  private static Map<String, String[]> arrays(Map<String, List<String>> parameters) {
    var arrays = new HashMap<String, String[]>();
    parameters.forEach((name, values) -> arrays.put(name, values.toArray(String[]::new)));
    return arrays;
  }

  @Override
  public void close() {
    services.stop();
  }

  /** What it has to say itself is of use to nobody but whoever looks for a fault of it. */
  private static final class Log implements LogHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleAgent.class);

    @Override
    public void debug(String message) {
      LOG.debug(message);
    }

    @Override
    public void info(String message) {
      LOG.debug(message);
    }

    @Override
    public void error(String message, Throwable failure) {
      LOG.warn(message, failure);
    }

    @Override
    public boolean isDebug() {
      return LOG.isDebugEnabled();
    }
  }
}
