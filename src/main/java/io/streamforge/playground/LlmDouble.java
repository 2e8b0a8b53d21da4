package io.streamforge.playground;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.streamforge.playground.LlmWire.Asked;
import io.streamforge.playground.LlmWire.Refused;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.KeyCertOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A server of one model on the loopback address that speaks both formats, as Ollama does; a {@link
 * Function} takes the place of the model. It refuses what real servers refuse, and goes wrong as
 * they do when it is told to.
 */
public final class LlmDouble implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int LARGEST_REQUEST = 64 * 1024 * 1024;
  private static final int REQUESTS_REMEMBERED = 2_000;
  private static final long CHARACTERS_REMEMBERED = 32 * 1024 * 1024;
  private static final String THOUGHTS = "Okay, let me think about what is asked here.";
  private static final LlmWire OLLAMA = new OllamaWire();
  private static final LlmWire OPENAI = new OpenAiWire();

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Function<Question, String> brain;
  private final @Nullable KeyCertOptions certificate;
  private final Deque<Trouble> troubles = new ArrayDeque<>();
  private final Deque<Request> requests = new ArrayDeque<>();
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger mostOpen = new AtomicInteger();
  private final AtomicInteger abandoned = new AtomicInteger();
  private volatile LlmModel model = new LlmModel("qwen3", false, 32_768, Set.of());
  private volatile String key = "";
  private volatile String proxyToken = "";
  private volatile boolean ollama = true;
  private volatile boolean listsModels = true;
  private volatile int parallel = 16;
  private volatile int queue = 512;
  private long remembered;
  private int working;
  private @Nullable HttpServer server;
  private int port;

  /** One message of a conversation. */
  public record Message(String role, String content) {}

  /**
   * What the model is asked.
   *
   * @param api {@code ollama} or {@code openai}
   * @param messages those that fit before the model; the others it never sees
   * @param schema the JSON schema that the answer is to meet; missing without one
   */
  public record Question(String api, String model, List<Message> messages, JsonNode schema) {
    public Question {
      messages = List.copyOf(messages);
    }

    /** What the last message of the user says. */
    public String text() {
      return messages.stream()
          .filter(message -> message.role().equals("user"))
          .reduce((earlier, later) -> later)
          .map(Message::content)
          .orElse("");
    }
  }

  /**
   * A request that was received.
   *
   * @param headers by their names in lower case
   * @param body as it was sent
   */
  public record Request(String method, String path, Map<String, String> headers, String body) {
    /** The body; missing when it is not JSON. */
    public JsonNode json() {
      return read(body);
    }
  }

  private record Trouble(LlmTrouble trouble, AtomicInteger times) {}

  /** Plays a server on a free port. */
  public LlmDouble(Function<Question, String> brain) {
    this(brain, 0, null);
  }

  /**
   * @param port 0 for a free one
   * @param certificate with it, over TLS
   */
  public LlmDouble(
      Function<Question, String> brain, int port, @Nullable KeyCertOptions certificate) {
    this.brain = brain;
    this.port = port == 0 ? FreePorts.find() : port;
    this.certificate = certificate;
    start();
  }

  /** Listens again, on the port that it had. */
  public void start() {
    HttpServerOptions options = new HttpServerOptions().setHost(HOST).setPort(port);
    if (certificate != null) {
      options.setSsl(true).setKeyCertOptions(certificate);
    }
    HttpServer starting = vertx.createHttpServer(options).requestHandler(this::receive);
    server = await(starting.listen());
    port = server.actualPort();
  }

  /** Refuses connections, and cuts those that are open. */
  public void stop() {
    if (server != null) {
      await(server.close());
      server = null;
      FreePorts.awaitFree(port);
    }
  }

  /** Without a path behind the port. */
  public String url() {
    return (certificate == null ? "http://" : "https://") + HOST + ":" + port;
  }

  /** The model that it has; it does not think. */
  public LlmDouble model(String name) {
    model = new LlmModel(name, model.thinks(), model.context(), model.unsupported());
    return this;
  }

  /** Its model thinks, unless the request says not to. */
  public LlmDouble thinking() {
    model = new LlmModel(model.name(), true, model.context(), model.unsupported());
    return this;
  }

  /** How many tokens its model can have before it, unless the request says. */
  public LlmDouble context(int tokens) {
    model = new LlmModel(model.name(), model.thinks(), tokens, model.unsupported());
    return this;
  }

  /**
   * Refuses questions with these fields, and names the field; {@code system} stands for a second
   * message of the system, which many templates refuse.
   */
  public LlmDouble without(String... fields) {
    model = new LlmModel(model.name(), model.thinks(), model.context(), Set.of(fields));
    return this;
  }

  /** Has no API of Ollama's own. */
  public LlmDouble onlyOpenAi() {
    ollama = false;
    return this;
  }

  /** Answers 404 where OpenAI lists its models, as some servers do. */
  public LlmDouble withoutModelList() {
    listsModels = false;
    return this;
  }

  /** Asks for this bearer token below {@code /v1}. */
  public LlmDouble key(String token) {
    key = token;
    return this;
  }

  /** A proxy before it asks for this {@code X-PROXY-AUTH}. */
  public LlmDouble proxyToken(String token) {
    proxyToken = token;
    return this;
  }

  /** How many questions it works on at the same time, and how many more may wait. */
  public LlmDouble room(int parallel, int queue) {
    this.parallel = parallel;
    this.queue = queue;
    return this;
  }

  /** Lets that happen to the next questions; {@link #heal} ends it. */
  public void trouble(LlmTrouble trouble, int times) {
    synchronized (troubles) {
      troubles.add(new Trouble(trouble, new AtomicInteger(times)));
    }
  }

  public void heal() {
    synchronized (troubles) {
      troubles.clear();
    }
  }

  /** The newest requests, the oldest of them first. */
  public List<Request> requests() {
    synchronized (requests) {
      return new ArrayList<>(requests);
    }
  }

  /** Those among them that are questions to the model. */
  public List<Request> questions() {
    return requests().stream()
        .filter(request -> request.path().matches(".*/(api/chat|v1/chat/completions)"))
        .toList();
  }

  /** Forgets requests, and how many came at the same time. */
  public void forget() {
    synchronized (requests) {
      requests.clear();
      remembered = 0;
    }
    mostOpen.set(0);
    abandoned.set(0);
  }

  /** How many questions were open at the same time, those that wait included. */
  public int mostAtOnce() {
    return mostOpen.get();
  }

  /** How many questions are open. */
  public int open() {
    return open.get();
  }

  /** How many connections clients closed before their answer was complete. */
  public int abandoned() {
    return abandoned.get();
  }

  private void receive(HttpServerRequest request) {
    request.exceptionHandler(gone -> {});
    request.response().exceptionHandler(gone -> {});
    Buffer body = Buffer.buffer();
    request.handler(
        part -> {
          if (body.length() < LARGEST_REQUEST) {
            body.appendBuffer(part);
          }
        });
    request.endHandler(end -> serve(request, body.toString()));
  }

  private void serve(HttpServerRequest request, String body) {
    remember(request, body);
    String path = request.path();
    boolean own = path.startsWith("/api/");
    if (!proxyToken.isEmpty() && !proxyToken.equals(request.getHeader("X-PROXY-AUTH"))) {
      request.response().setStatusCode(403).end("<html>Forbidden</html>");
    } else if (own && !ollama) {
      answer(request, 404, "{\"detail\":\"Not Found\"}");
    } else if (!own && !key.isEmpty() && !bearer(request).equals(key)) {
      answer(request, 401, OPENAI.error(401, "Incorrect API key provided", ""));
    } else {
      route(request, path, body);
    }
  }

  private static String bearer(HttpServerRequest request) {
    String header = request.getHeader("Authorization");
    return header == null || !header.startsWith("Bearer ") ? "" : header.substring(7);
  }

  private void route(HttpServerRequest request, String path, String body) {
    switch (request.method() + " " + path) {
      case "POST /api/chat" -> chat(request, OLLAMA, body);
      case "POST /v1/chat/completions" -> chat(request, OPENAI, body);
      case "GET /api/version" -> answer(request, 200, "{\"version\":\"0.12.6\"}");
      case "GET /api/tags", "GET /api/ps" -> answer(request, 200, LlmLists.ollama(model.name()));
      case "GET /v1/models" -> listModels(request);
      default -> request.response().setStatusCode(404).end("404 page not found");
    }
  }

  private void listModels(HttpServerRequest request) {
    if (listsModels) {
      answer(request, 200, LlmLists.openai(model.name()));
    } else {
      answer(request, 404, "{\"detail\":\"Not Found\"}");
    }
  }

  private void chat(HttpServerRequest request, LlmWire wire, String body) {
    JsonNode json = read(body);
    if (!json.isObject()) {
      answer(request, 400, wire.error(400, "the body is not a JSON object", ""));
      return;
    }
    Asked asked;
    try {
      asked = wire.read(json, model);
    } catch (Refused refused) {
      String error =
          wire.error(refused.status, requireNonNull(refused.getMessage()), refused.parameter);
      answer(request, refused.status, error);
      return;
    }
    if (working >= parallel && waiting.size() >= queue) {
      String busy = "server busy, please try again.  maximum pending requests exceeded";
      answer(request, 503, wire.error(503, busy, ""));
      return;
    }
    mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
    Runnable turn = () -> think(new LlmReply(vertx, request, wire, asked), nextTrouble());
    if (working < parallel) {
      working++;
      turn.run();
    } else {
      waiting.add(turn);
    }
  }

  private @Nullable LlmTrouble nextTrouble() {
    synchronized (troubles) {
      for (Trouble each : troubles) {
        if (each.times().getAndDecrement() > 0) {
          return each.trouble();
        }
      }
      return null;
    }
  }

  private void think(LlmReply reply, @Nullable LlmTrouble trouble) {
    reply.whenOver(
        complete -> {
          if (!complete) {
            abandoned.incrementAndGet();
          }
          open.decrementAndGet();
          Runnable next = waiting.poll();
          if (next == null) {
            working--;
          } else {
            next.run();
          }
        });
    Asked asked = reply.asked();
    vertx
        .executeBlocking(() -> brain.apply(asked.question()), false)
        .onFailure(failed -> reply.fail(500, String.valueOf(failed.getMessage())))
        .onSuccess(
            text -> {
              LlmSpeech speech = new LlmSpeech();
              speech.text = asked.question().messages().isEmpty() ? "" : text;
              speech.thinking = asked.think() ? THOUGHTS : "";
              if (trouble != null) {
                trouble.applyTo(speech);
              }
              speech.limit(asked.longest());
              reply.say(speech);
            });
  }

  private void remember(HttpServerRequest request, String body) {
    Map<String, String> headers = new TreeMap<>();
    request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
    synchronized (requests) {
      requests.add(new Request(request.method().name(), request.path(), headers, body));
      remembered += body.length();
      while (requests.size() > REQUESTS_REMEMBERED || remembered > CHARACTERS_REMEMBERED) {
        remembered -= requests.remove().body().length();
      }
    }
  }

  private static void answer(HttpServerRequest request, int status, String body) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json; charset=utf-8")
        .end(body);
  }

  private static JsonNode read(String body) {
    try {
      JsonNode read = LlmWire.JSON.readTree(body);
      return read == null ? MissingNode.getInstance() : read;
    } catch (JsonProcessingException malformed) {
      return MissingNode.getInstance();
    }
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
