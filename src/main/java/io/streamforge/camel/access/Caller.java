package io.streamforge.camel.access;

import static java.util.Objects.requireNonNull;

import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request.
 *
 * @param name that of the token, or {@code oidc:} and the name that the issuer gives; tells callers
 *     apart, in histories too
 * @param scope what the caller may do
 * @param until when this ends by itself; null if it does not
 * @param tokenHash of the API token that was shown; null if it was another credential
 */
public record Caller(
    String name, Scope scope, @Nullable Instant until, @Nullable String tokenHash) {
  /** Everybody, where nothing tells callers apart. */
  public static final Caller ANONYMOUS = new Caller("anonymous", Scope.ADMIN, null, null);

  private static final String KEY = "caller";

  public Caller {
    requireNonNull(name, "name is null");
    requireNonNull(scope, "scope is null");
  }

  /** Whether the caller may do what needs that scope. */
  public boolean may(Scope needed) {
    return scope.includes(needed);
  }

  /** The caller of a request; empty where the path is open and nobody was asked who they are. */
  public static Optional<Caller> of(RoutingContext context) {
    return Optional.ofNullable(context.get(KEY));
  }

  /** Lets handlers know by {@link #of} whose request it is, and Camel by its own header. */
  @SuppressWarnings("deprecation") // What takes its place in Vert.x 4.5 is not public.
  void sends(RoutingContext context) {
    context.put(KEY, this);
    context.setUser(User.fromName(name));
  }
}
