package io.streamforge.camel.access;

import io.streamforge.camel.access.AccessSettings.Limits;
import io.streamforge.camel.access.AccessSettings.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of access, for tests. */
public final class TestAccess {
  /** So much that no test comes near it by accident. */
  static final Limits PLENTY = new Limits(100_000, 100_000, 100_000, 1000, 1000);

  private TestAccess() {}

  /** Nothing is controlled. */
  public static AccessSettings local() {
    return settings(Mode.LOCAL, "", null, PLENTY, List.of());
  }

  static AccessSettings settings(
      Mode mode, String tokens, @Nullable OidcSettings oidc, Limits limits, List<String> proxies) {
    return new AccessSettings(
        mode,
        Map.of("/metrics", Scope.READ),
        tokens,
        null,
        Duration.ofMillis(100),
        oidc,
        SessionKey.of("a key of sessions that only tests have"),
        Duration.ofHours(1),
        limits,
        new Proxies(proxies));
  }
}
