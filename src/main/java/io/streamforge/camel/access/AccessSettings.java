package io.streamforge.camel.access;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Who is let in.
 *
 * @param rules what paths outside of the contract need, as Vert.x takes paths
 * @param tokens entries {@code name:scope:hash}, may be empty
 * @param tokenFile with more of them, if there is one
 * @param reread how often that file is looked at
 * @param oidc an issuer whose tokens are good too, if there is one
 * @param sessionKey by which processes know each other's sessions
 * @param sessionLife how long a login lasts
 * @param limits how often callers may ask
 * @param proxies whose word on the client is believed
 */
public record AccessSettings(
    Mode mode,
    Map<String, Scope> rules,
    String tokens,
    @Nullable Path tokenFile,
    Duration reread,
    @Nullable OidcSettings oidc,
    SecretKey sessionKey,
    Duration sessionLife,
    Limits limits,
    Proxies proxies) {

  /** What tells callers apart. */
  public enum Mode {
    /** Nothing, and only this machine reaches the port. */
    LOCAL,
    /** Nothing, and an operator wants it so. */
    OPEN,
    /** Tokens. */
    CONTROLLED
  }

  /**
   * How much one caller may ask for.
   *
   * @param perSecond requests a second in the long run; of an address, where there is no token
   * @param burst requests at once after a rest
   * @param failuresPerMinute wrong tokens of an address
   * @param atOnce requests under way
   * @param sockets WebSockets open
   */
  public record Limits(int perSecond, int burst, int failuresPerMinute, int atOnce, int sockets) {}

  public AccessSettings {
    requireNonNull(mode, "mode is null");
    requireNonNull(sessionKey, "sessionKey is null");
    requireNonNull(limits, "limits are null");
    requireNonNull(proxies, "proxies are null");
    rules = Map.copyOf(rules);
    if (mode == Mode.CONTROLLED && tokens.isBlank() && tokenFile == null && oidc == null) {
      throw new IllegalArgumentException("without tokens and without an issuer nobody gets in");
    }
  }
}
