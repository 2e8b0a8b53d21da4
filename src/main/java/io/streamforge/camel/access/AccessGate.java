package io.streamforge.camel.access;

import io.micrometer.core.instrument.MeterRegistry;
import io.streamforge.camel.access.AccessSettings.Mode;
import io.streamforge.camel.access.Denial.Reason;
import io.streamforge.camel.contract.Answers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Stands before everything that answers: lets in who may ask for it, and not too often. */
final class AccessGate implements Handler<RoutingContext> {
  private final Mode mode;
  private final Authenticator authenticator;
  private final Limiter requests;
  private final InFlight inFlight;
  private final Expiry expiry;
  private final Proxies proxies;
  private final Predicate<String> unlimited;
  private final MeterRegistry meters;

  /**
   * @param unlimited says of an open path whether it is answered however often it is asked for
   */
  AccessGate(
      Mode mode,
      Authenticator authenticator,
      Limiter requests,
      InFlight inFlight,
      Expiry expiry,
      Proxies proxies,
      Predicate<String> unlimited,
      MeterRegistry meters) {
    this.mode = mode;
    this.authenticator = authenticator;
    this.requests = requests;
    this.inFlight = inFlight;
    this.expiry = expiry;
    this.proxies = proxies;
    this.unlimited = unlimited;
    this.meters = meters;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (QueryTokens.in(request.uri())) {
      deny(
          context,
          Denial.of(
              Reason.QUERY,
              "A token in an address is kept in logs and histories: hold it for lost, and send"
                  + " another one in the header Authorization: Bearer <token>"));
      return;
    }
    switch (mode) {
      case LOCAL -> local(context);
      case OPEN -> open(context, Caller.ANONYMOUS);
      case CONTROLLED -> {
        boolean preflight = request.method().name().equals("OPTIONS");
        Scope needed = preflight ? Scope.ANYONE : AccessRules.needed(context).orElse(Scope.ADMIN);
        if (needed == Scope.ANYONE) {
          open(context, null);
        } else {
          identify(context, needed);
        }
      }
    }
  }

  /** Behind a proxy it is not only this machine that reaches the port. */
  private void local(RoutingContext context) {
    if (Proxies.names(context.request())) {
      deny(
          context,
          Denial.of(
              Reason.PROXY,
              "A proxy lets others reach this service, and nothing controls what they do: set"
                  + " API_TOKENS, API_TOKENS_FILE or OIDC_ISSUER, or ACCESS=open if everybody may"
                  + " do everything"));
      return;
    }
    Caller.ANONYMOUS.sends(context);
    context.next();
  }

  private void open(RoutingContext context, @Nullable Caller caller) {
    String address = "address " + proxies.client(context.request());
    if (!unlimited.test(context.normalizedPath())) {
      int wait = requests.take(address);
      if (wait > 0) {
        deny(context, tooOften(wait));
        return;
      }
    }
    if (caller != null) {
      if (!inFlight.enter(context, address)) {
        deny(context, tooMany());
        return;
      }
      caller.sends(context);
    }
    context.next();
    inFlight.goneOn(context);
  }

  private void identify(RoutingContext context, Scope needed) {
    HttpServerRequest request = context.request();
    String address = proxies.client(request);
    Future<Caller> caller = authenticator.caller(request, address);
    if (caller.isComplete()) {
      decide(context, caller, needed, address);
      return;
    }
    // What is read meanwhile would be lost for whoever answers.
    request.pause();
    caller.onComplete(
        known -> {
          if (context.response().closed()) {
            // Nothing would say that such a request ends.
            return;
          }
          request.resume();
          decide(context, caller, needed, address);
        });
  }

  private void decide(RoutingContext context, Future<Caller> asked, Scope needed, String address) {
    if (asked.succeeded()) {
      admit(context, asked.result(), needed);
    } else if (asked.cause() instanceof Denial denial) {
      int wait = requests.take("address " + address);
      deny(context, wait > 0 ? tooOften(wait) : denial);
    } else {
      context.fail(asked.cause());
    }
  }

  private void admit(RoutingContext context, Caller caller, Scope needed) {
    int wait = requests.take("caller " + caller.name());
    if (wait > 0) {
      deny(context, tooOften(wait));
    } else if (!caller.may(needed)) {
      refuseScope(context, caller, needed);
    } else if (!inFlight.enter(context, "caller " + caller.name())) {
      deny(context, tooMany());
    } else {
      caller.sends(context);
      expiry.limit(context, caller);
      context.next();
      inFlight.goneOn(context);
    }
  }

  /** What no rule names is nobody's business, unless they may do everything. */
  private void refuseScope(RoutingContext context, Caller caller, Scope needed) {
    if (AccessRules.needed(context).isEmpty()) {
      context.fail(404);
      return;
    }
    deny(
        context,
        Denial.of(
            Reason.SCOPE,
            "This needs the scope "
                + needed.word()
                + ", and "
                + caller.name()
                + " has "
                + caller.scope().word()));
  }

  private static Denial tooOften(int wait) {
    return Denial.forNow(Reason.RATE, "You ask too often: try again later", wait);
  }

  private static Denial tooMany() {
    return Denial.forNow(
        Reason.BUSY, "Too many requests of yours are under way: try again in a second", 1);
  }

  private void deny(RoutingContext context, Denial denial) {
    denial.countBy(meters);
    HttpServerRequest request = context.request();
    if (denial.answer().status() == 401) {
      boolean shown = denial.reason() == Reason.UNKNOWN;
      context
          .response()
          .putHeader("WWW-Authenticate", shown ? "Bearer error=\"invalid_token\"" : "Bearer");
    }
    if (hasBody(request)) {
      // Nobody reads it.
      context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    Answers.refuse(context, denial.answer());
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
        || (length != null && !length.equals("0"));
  }
}
