package io.streamforge.camel.access;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.streamforge.camel.access.AccessSettings.Mode;
import io.streamforge.camel.access.Denial.Reason;
import io.streamforge.camel.contract.Answers;
import io.streamforge.camel.contract.Refusal;
import io.streamforge.camel.contract.StrictJson;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where browsers exchange a token for a cookie: {@code POST /login}, {@code POST /logout}, and
 * {@code GET /session}, which tells who one is.
 */
final class LoginPages {
  private static final Logger LOG = LoggerFactory.getLogger(LoginPages.class);

  /** Behind the routes, which are asked for more often. */
  private static final int ORDER = Integer.MAX_VALUE - 1;

  private static final long LONGEST_BODY = 16 * 1024;

  private final Mode mode;
  private final Authenticator authenticator;
  private final Sessions sessions;
  private final Proxies proxies;
  private final MeterRegistry meters;

  LoginPages(
      Mode mode,
      Authenticator authenticator,
      Sessions sessions,
      Proxies proxies,
      MeterRegistry meters) {
    this.mode = mode;
    this.authenticator = authenticator;
    this.sessions = sessions;
    this.proxies = proxies;
    this.meters = meters;
  }

  void serve(Router router) {
    AccessRules.need(router, "/login", Scope.ANYONE);
    AccessRules.need(router, "/logout", Scope.ANYONE);
    AccessRules.need(router, "/session", Scope.READ);
    serve(router, "POST", "/login", this::logIn);
    serve(router, "POST", "/logout", this::logOut);
    serve(
        router,
        "GET",
        "/session",
        context -> tell(context, Caller.of(context).orElseThrow(), "You are logged in"));
  }

  /** Each handler is a route of its own, as Vert.x wants it of one that reads bodies. */
  private static void serve(
      Router router, String verb, String path, Handler<RoutingContext> handler) {
    router.route(path).order(ORDER).handler(context -> only(context, verb, path));
    router.route(path).order(ORDER).handler(BodyHandler.create(false).setBodyLimit(LONGEST_BODY));
    router.route(path).order(ORDER).handler(handler);
  }

  private static void only(RoutingContext context, String verb, String endpoint) {
    context.put(Answers.ENDPOINT, endpoint).put(Answers.MOST_BYTES, LONGEST_BODY);
    if (context.request().method().name().equals(verb)) {
      context.next();
      return;
    }
    Answers.allow(context, verb + ", OPTIONS");
  }

  private void logIn(RoutingContext context) {
    if (mode != Mode.CONTROLLED) {
      tell(context, Caller.ANONYMOUS, "Nobody has to log in here");
      return;
    }
    String address = proxies.client(context.request());
    Future<Caller> caller;
    try {
      caller = authenticator.bearer(token(context), address);
    } catch (Refusal refusal) {
      Answers.refuse(context, refusal);
      return;
    }
    caller
        .onSuccess(known -> begin(context, known, address))
        .onFailure(failure -> refuse(context, failure, address));
  }

  /** JSON alone: a page of another origin cannot make a browser send that unasked. */
  private static String token(RoutingContext context) {
    String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase("application/json")) {
      throw new Refusal(415, "Send the body as application/json");
    }
    Buffer body = context.body().buffer();
    var json = StrictJson.read(body == null ? new byte[0] : body.getBytes());
    String token = json.path("token").asText("").strip();
    if (token.isEmpty() || json.size() != 1) {
      throw new Refusal(400, "Send {\"token\": \"<your token>\"}");
    }
    return token;
  }

  private void begin(RoutingContext context, Caller caller, String address) {
    LOG.info("{} logs in from {}", caller.name(), address);
    Instant until = sessions.end(caller);
    long seconds = Math.max(1, Duration.between(Instant.now(), until).toSeconds());
    context.response().addCookie(cookie(sessions.write(caller)).setMaxAge(seconds));
    tell(
        context,
        new Caller(caller.name(), caller.scope(), until, caller.tokenHash()),
        "You are logged in");
  }

  private void refuse(RoutingContext context, Throwable failure, String address) {
    if (failure instanceof Denial denial) {
      denial.countBy(meters);
      if (denial.reason() == Reason.UNKNOWN) {
        LOG.warn("A login from {} is refused: {}", address, denial.getMessage());
      }
      Answers.refuse(context, denial.answer());
      return;
    }
    context.fail(failure);
  }

  private void logOut(RoutingContext context) {
    context.response().addCookie(cookie("").setMaxAge(0));
    Answers.success(context, "You are logged out", JsonNodeFactory.instance.objectNode());
  }

  /** Browsers take a Secure cookie over plain HTTP from this machine itself, and else over TLS. */
  private static Cookie cookie(String value) {
    return Cookie.cookie(Authenticator.COOKIE, value)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(true)
        .setSameSite(CookieSameSite.STRICT);
  }

  private void tell(RoutingContext context, Caller caller, String message) {
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    data.put("name", caller.name()).put("scope", caller.scope().word());
    data.put("until", text(caller.until())).put("login", mode == Mode.CONTROLLED);
    Answers.success(context, message, data);
  }

  private static @Nullable String text(@Nullable Instant until) {
    return until == null ? null : until.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
