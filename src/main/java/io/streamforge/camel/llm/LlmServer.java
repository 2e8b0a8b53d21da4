package io.streamforge.camel.llm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.streamforge.camel.llm.WireFormat.ValueReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A server of models as routes see it: what to send, and what an answer means. It remembers what
 * the server does not support.
 */
public final class LlmServer implements HttpClientConfigurer, AutoCloseable {
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final int LONGEST_LIST = 8 * 1024 * 1024;
  private static final int LONGEST_ERROR = 64 * 1024;

  private final WireFormat format;
  private final LlmSettings settings;
  private final LlmFailures failures;
  private final SealedClient client;
  private final Set<String> unsupported = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor clock;

  private LlmServer(WireFormat format, LlmSettings settings, Clock time) {
    this.format = format;
    this.settings = settings;
    this.failures = new LlmFailures(settings, time);
    this.client = new SealedClient(settings);
    this.clock =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "llm-patience");
              thread.setDaemon(true);
              return thread;
            });
    clock.setRemoveOnCancelPolicy(true);
  }

  /**
   * One that speaks Ollama's own format.
   *
   * @param context how many tokens its model can have before it
   */
  public static LlmServer ollama(LlmSettings settings, int context, Clock time) {
    return new LlmServer(new OllamaFormat(settings.model(), context), settings, time);
  }

  /** One that speaks OpenAI's format. */
  public static LlmServer openAi(LlmSettings settings, Clock time) {
    return new LlmServer(new OpenAiFormat(settings.model()), settings, time);
  }

  @Override
  public void configureHttpClient(HttpClientBuilder builder) {
    client.configureHttpClient(builder);
  }

  /** Begins to ask. */
  public LlmTry begin(LlmQuestion question) {
    return new LlmTry(format, question, unsupported);
  }

  /**
   * Reads the answer as it comes, and closes the connection. Where the server refuses something
   * optional the try stays open, to be sent again.
   */
  public void hear(
      LlmTry asked, int status, @Nullable String retryAfter, @Nullable InputStream body)
      throws LlmAwayException, LlmRefusedException {
    if (status == 200) {
      InputStream stream = body == null ? InputStream.nullInputStream() : body;
      asked.conclude(read(asked, stream));
      unsupported.addAll(asked.without());
      return;
    }
    String error = error(body);
    boolean refused = status == 400 || status == 422;
    if (!refused || !asked.giveIn(error)) {
      throw failures.of(status, retryAfter, error, asked.question());
    }
  }

  private LlmAnswer read(LlmTry asked, InputStream body) throws LlmAwayException {
    AnswerBuilder answer = new AnswerBuilder();
    Duration spent = Duration.ofNanos(System.nanoTime() - asked.begun());
    Patience patience = new Patience(body, clock, settings.firstToken().minus(spent));
    try (patience) {
      listen(format.values(new BoundedStream(body)), answer, longest(asked.question()), patience);
      if (answer.complete() || !patience.isOver()) {
        return answer.build();
      }
      throw failures.tooSlow(answer.length() > 0, null);
    } catch (NoAnswerException none) {
      throw failures.noAnswer(none, asked.question());
    } catch (IOException broken) {
      throw patience.isOver()
          ? failures.tooSlow(answer.length() > 0, broken)
          : failures.broken(answer.length() > 0, broken);
    }
  }

  private void listen(ValueReader values, AnswerBuilder answer, int longest, Patience patience)
      throws IOException, NoAnswerException {
    try {
      for (JsonNode value = values.next(); value != null; value = values.next()) {
        int before = answer.length();
        format.hear(value, answer);
        if (answer.length() > longest) {
          answer.finish("length");
        }
        if (answer.settled() || answer.length() > longest) {
          return;
        }
        if (answer.length() > before || answer.complete()) {
          patience.await(settings.nextToken());
        }
      }
    } catch (IOException broken) {
      // Nothing of the answer is missing when only the count of its tokens is.
      if (!answer.complete()) {
        throw broken;
      }
    }
  }

  /** More characters than the answer can have that was agreed on, thinking included. */
  private static int longest(LlmQuestion question) {
    int charactersPerToken = 16;
    return (int) Math.min(Integer.MAX_VALUE, (long) question.longestAnswer() * charactersPerToken);
  }

  /**
   * Whether it is there and has the model.
   *
   * @throws LlmAwayException when it is out of reach
   * @throws LlmRefusedException when it lets us not in, or does not have the model
   */
  public void check(int status, @Nullable String retryAfter, @Nullable InputStream body)
      throws LlmAwayException, LlmRefusedException, IOException {
    if (status == 404 && !format.alwaysLists()) {
      error(body);
      return;
    }
    if (status != 200) {
      throw failures.of(status, retryAfter, error(body), null);
    }
    List<String> models = format.models(json(text(body, LONGEST_LIST)));
    if (!models.isEmpty() && !format.lists(models, settings.model())) {
      throw failures.missing(models);
    }
  }

  /**
   * Throws what was caught as what it means to callers. They get neither headers nor what is left
   * of a body: whoever keeps a copy of that would fail.
   */
  public void raise(Exchange exchange) throws Exception {
    exchange.getMessage().removeHeaders("*");
    exchange.getMessage().setBody(null);
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    boolean known = failure instanceof LlmAwayException || failure instanceof LlmRefusedException;
    throw !known && failure instanceof IOException broken ? failures.unreachable(broken) : failure;
  }

  /** What the body of an error says; nothing when it cannot be read, since the status does. */
  private String error(@Nullable InputStream body) {
    try {
      String text = text(body, LONGEST_ERROR);
      String told = format.error(json(text));
      return told.isEmpty() ? text : told;
    } catch (IOException unreadable) {
      return "";
    }
  }

  private String text(@Nullable InputStream body, int longest) throws IOException {
    if (body == null) {
      return "";
    }
    try (Patience patience = new Patience(body, clock, settings.nextToken())) {
      String text = new String(body.readNBytes(longest), StandardCharsets.UTF_8);
      if (patience.isOver()) {
        throw new IOException("it fell silent amid a list");
      }
      return text;
    }
  }

  private static JsonNode json(String text) {
    try {
      JsonNode read = JSON.readTree(text);
      return read == null ? MissingNode.getInstance() : read;
    } catch (JsonProcessingException other) {
      return MissingNode.getInstance();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
