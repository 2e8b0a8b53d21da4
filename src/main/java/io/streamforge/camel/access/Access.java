package io.streamforge.camel.access;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.streamforge.camel.contract.Contract;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Predicate;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the control of access in front of everything that a router serves. */
public final class Access {
  private static final Logger LOG = LoggerFactory.getLogger(Access.class);

  /** Behind the rules, before all that answers. */
  private static final int GATE = -980;

  private static final int WORKERS = 2;

  private final AccessSettings settings;
  private final TokenBook tokens;

  /**
   * @throws IllegalArgumentException if the tokens cannot be read
   */
  public Access(AccessSettings settings) {
    this.settings = requireNonNull(settings, "settings are null");
    tokens = new TokenBook(settings.tokens(), settings.tokenFile());
  }

  /** Whose word on the client is believed. */
  public Proxies proxies() {
    return settings.proxies();
  }

  /** Whether callers are told apart. */
  public boolean isControlled() {
    return settings.mode() == AccessSettings.Mode.CONTROLLED;
  }

  /**
   * Begins to control. What no rule names is for admins, and for others it is not there.
   *
   * @param open paths that need no token
   * @param unlimited those of them that are answered however often they are asked for
   * @throws IllegalArgumentException if an operation of the contract does not say what it needs
   */
  public void install(
      VertxPlatformHttpRouter router,
      Contract contract,
      Predicate<String> open,
      Predicate<String> unlimited,
      MeterRegistry meters) {
    Vertx vertx = router.vertx();
    AccessRules.need(router, contract);
    AccessRules.need(router, open, Scope.ANYONE);
    settings.rules().forEach((path, scope) -> AccessRules.need(router, path, scope));
    var sessions = new Sessions(settings.sessionKey(), settings.sessionLife(), Clock.systemUTC());
    var workers = vertx.createSharedWorkerExecutor("access", WORKERS);
    var limits = settings.limits();
    var oidc = settings.oidc();
    var expiry = new Expiry();
    var authenticator =
        new Authenticator(
            tokens,
            oidc == null ? null : new OidcTokens(oidc),
            sessions,
            new Limiter(
                limits.failuresPerMinute(), Duration.ofMinutes(1), limits.failuresPerMinute()),
            workers);
    router
        .route()
        .order(GATE)
        .handler(
            new AccessGate(
                settings.mode(),
                authenticator,
                new Limiter(limits.perSecond(), Duration.ofSeconds(1), limits.burst()),
                new InFlight(limits.atOnce(), limits.sockets()),
                expiry,
                settings.proxies(),
                unlimited,
                meters));
    new LoginPages(settings.mode(), authenticator, sessions, settings.proxies(), meters)
        .serve(router);
    if (settings.tokenFile() != null) {
      vertx.setPeriodic(
          settings.reread().toMillis(),
          look ->
              workers
                  .executeBlocking(
                      () -> {
                        tokens.refresh();
                        expiry.endUnless(hash -> tokens.findByHash(hash).isPresent());
                        return true;
                      })
                  .onFailure(failure -> LOG.error("API tokens cannot be read again", failure)));
    }
  }
}
