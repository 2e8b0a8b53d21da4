package io.streamforge.camel.access;

import io.streamforge.camel.access.Denial.Reason;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who sends a request, by the token or the session that comes with it. */
final class Authenticator {
  /** The cookie of a browser that is logged in. */
  static final String COOKIE = "streamforge_session";

  private static final String BEARER = "Bearer ";

  private final TokenBook tokens;
  private final @Nullable OidcTokens oidc;
  private final Sessions sessions;
  private final Limiter failures;
  private final WorkerExecutor workers;

  /**
   * @param failures how often an address may show what is not good
   * @param workers that may wait for the issuer
   */
  Authenticator(
      TokenBook tokens,
      @Nullable OidcTokens oidc,
      Sessions sessions,
      Limiter failures,
      WorkerExecutor workers) {
    this.tokens = tokens;
    this.oidc = oidc;
    this.sessions = sessions;
    this.failures = failures;
    this.workers = workers;
  }

  /** The caller, or a {@link Denial}; mostly it is known at once. */
  Future<Caller> caller(HttpServerRequest request, String address) {
    List<String> given = request.headers().getAll(HttpHeaders.AUTHORIZATION);
    if (!given.isEmpty()) {
      String header = given.get(0);
      boolean bearer =
          given.size() == 1 && header.regionMatches(true, 0, BEARER, 0, BEARER.length());
      return bearer
          ? bearer(header.substring(BEARER.length()).strip(), address)
          : fail(address, "Send one header Authorization: Bearer <token>");
    }
    Cookie cookie = request.getCookie(COOKIE);
    if (cookie == null || cookie.getValue().isEmpty()) {
      return Future.failedFuture(
          Denial.of(
              Reason.MISSING, "Say who you are: send the header Authorization: Bearer <token>"));
    }
    return session(cookie.getValue())
        .map(Future::succeededFuture)
        .orElseGet(() -> fail(address, "The login has ended: log in again"));
  }

  /** The caller by a token. */
  Future<Caller> bearer(String token, String address) {
    Optional<Caller> known = known(token);
    if (known.isPresent()) {
      return Future.succeededFuture(known.get());
    }
    OidcTokens issuer = oidc;
    if (issuer == null || token.chars().filter(character -> character == '.').count() != 2) {
      return fail(address, "The token is not known here");
    }
    // Whoever shows many bad ones must not keep the workers busy.
    int wait = failures.look(address);
    if (wait > 0) {
      return Future.failedFuture(tooMany(wait));
    }
    return workers
        .executeBlocking(() -> issuer.verify(token), false)
        .recover(
            failure ->
                failure instanceof Denial denial && denial.reason() == Reason.UNKNOWN
                    ? fail(address, denial)
                    : Future.failedFuture(failure));
  }

  private Optional<Caller> known(String token) {
    Optional<Caller> owner = tokens.find(token).map(ApiToken::caller);
    return owner.isPresent() || oidc == null ? owner : oidc.known(token);
  }

  /** A session that was begun with an API token ends with it, and may do what it may now. */
  private Optional<Caller> session(String note) {
    return sessions
        .read(note)
        .flatMap(
            caller -> {
              String hash = caller.tokenHash();
              return hash == null
                  ? Optional.of(caller)
                  : tokens
                      .findByHash(hash)
                      .map(token -> new Caller(token.name(), token.scope(), caller.until(), hash));
            });
  }

  private Future<Caller> fail(String address, String message) {
    return fail(address, Denial.of(Reason.UNKNOWN, message));
  }

  private Future<Caller> fail(String address, Denial denial) {
    int wait = failures.take(address);
    return Future.failedFuture(wait > 0 ? tooMany(wait) : denial);
  }

  private static Denial tooMany(int wait) {
    return Denial.forNow(
        Reason.RATE, "Too many wrong tokens came from your address: try again later", wait);
  }
}
