package io.streamforge.camel.console;

import static java.util.Objects.requireNonNull;

import io.streamforge.camel.contract.Answers;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.impl.MimeMapping;
import io.vertx.core.json.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.MDC;

/**
 * The console at {@code /hawtio}. Who may look is decided before it is asked; it decides who may
 * change what.
 */
public final class Console implements AutoCloseable {
  /** The console, and what needs the right to look at it. */
  public static final String PATH = "/hawtio";

  private static final String AGENT = PATH + "/jolokia";
  private static final long MOST_BYTES = 256 * 1024;
  private static final int WORKERS = 2;
  private static final long LONGEST_SECONDS = 60;
  private static final CharSequence POLICY = HttpHeaders.createOptimized("Content-Security-Policy");

  /** Hawtio makes its style sheets while it runs, and edits in workers. */
  private static final CharSequence PAGE_POLICY =
      HttpHeaders.createOptimized(
          "default-src 'self'; img-src 'self' data:; font-src 'self' data:; style-src 'self'"
              + " 'unsafe-inline'; object-src 'none'; base-uri 'self'; form-action 'self';"
              + " frame-ancestors 'none'");

  /**
   * Who asks.
   *
   * @param mayChange whether routes may be started and stopped, and levels of the log set
   */
  public record Visitor(String name, boolean mayChange) {
    public Visitor {
      requireNonNull(name, "name is null");
    }
  }

  private final Function<RoutingContext, Visitor> visitors;
  private final ConsoleAgent looking = new ConsoleAgent(new ConsolePolicy(false));
  private final ConsoleAgent changing = new ConsoleAgent(new ConsolePolicy(true));
  private final WorkerExecutor workers;

  /**
   * @param visitors says who sends a request
   * @throws IllegalStateException when the build has left the pages out
   */
  public Console(Vertx vertx, Function<RoutingContext, Visitor> visitors) {
    this.visitors = requireNonNull(visitors, "visitors is null");
    ConsoleFiles.require();
    // Routes take their time to stop.
    workers =
        vertx.createSharedWorkerExecutor("console", WORKERS, LONGEST_SECONDS, TimeUnit.SECONDS);
  }

  /** Begins to serve. */
  public void serve(Router router) {
    router.route(PATH).order(0).handler(Console::mark);
    router.route(PATH + "/*").order(0).handler(Console::mark);
    // What the pages ask for beside Jolokia; there are no plug-ins, and logging in is not theirs.
    tell(router, "/user", context -> Json.encode(visitors.apply(context).name()));
    tell(router, "/proxy/enabled", context -> "false");
    tell(router, "/plugin", context -> "[]");
    tell(router, "/auth/config/session-timeout", context -> "{\"timeout\":-1}");
    router
        .postWithRegex(AGENT + "/?")
        .order(1)
        .handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES))
        .handler(context -> agent(context, true));
    router.get(AGENT).order(1).handler(context -> agent(context, false));
    router.get(AGENT + "/*").order(1).handler(context -> agent(context, false));
    router.get(PATH).order(2).handler(Console::page);
    router.get(PATH + "/*").order(2).handler(Console::page);
    router.route(PATH + "/*").order(3).handler(context -> Answers.allow(context, "GET, OPTIONS"));
  }

  private static void mark(RoutingContext context) {
    context.put(Answers.ENDPOINT, PATH).put(Answers.MOST_BYTES, MOST_BYTES);
    context.response().putHeader(POLICY, PAGE_POLICY);
    context.next();
  }

  private static void tell(Router router, String path, Function<RoutingContext, String> json) {
    router.get(PATH + path).order(1).handler(context -> json(context, json.apply(context)));
  }

  @SuppressWarnings("try") // It is closed, and not read.
  private void agent(RoutingContext context, boolean posted) {
    Visitor visitor = visitors.apply(context);
    // A page of another origin can make a browser send a GET with the cookie of a login.
    ConsoleAgent agent = posted && visitor.mayChange() ? changing : looking;
    Map<String, List<String>> parameters = new HashMap<>();
    for (String name : context.queryParams().names()) {
      parameters.put(name, new ArrayList<>(context.queryParams().getAll(name)));
    }
    Buffer body = posted ? context.body().buffer() : null;
    String path = context.request().path().substring(AGENT.length());
    workers
        .<String>executeBlocking(
            () -> {
              try (var caller = MDC.putCloseable(ConsoleRequests.CALLER, visitor.name())) {
                return posted
                    ? agent.post(body == null ? new byte[0] : body.getBytes(), parameters)
                    : agent.get(path, parameters);
              }
            },
            false)
        .onSuccess(answer -> json(context, answer))
        .onFailure(context::fail);
  }

  private static void json(RoutingContext context, String json) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(json);
  }

  /** A file, or the start page, which itself knows what its other addresses mean. */
  private static void page(RoutingContext context) {
    String path = context.normalizedPath();
    String name = path.length() <= PATH.length() + 1 ? "" : path.substring(PATH.length() + 1);
    String file = name.contains(".") ? name : ConsoleFiles.INDEX;
    context
        .vertx()
        .executeBlocking(() -> ConsoleFiles.read(file), false)
        .onSuccess(
            content ->
                content.ifPresentOrElse(
                    bytes -> send(context, file, bytes), () -> context.fail(404)))
        .onFailure(context::fail);
  }

  private static void send(RoutingContext context, String name, Buffer content) {
    String type = MimeMapping.getMimeTypeForFilename(name);
    boolean text = type != null && type.startsWith("text/");
    context
        .response()
        .putHeader(
            HttpHeaders.CONTENT_TYPE,
            text ? type + ";charset=UTF-8" : type == null ? "application/octet-stream" : type)
        .putHeader(
            HttpHeaders.CACHE_CONTROL,
            ConsoleFiles.isLasting(name) ? "private, max-age=31536000, immutable" : "no-cache")
        .end(content);
  }

  @Override
  public void close() {
    workers.close();
    looking.close();
    changing.close();
  }
}
