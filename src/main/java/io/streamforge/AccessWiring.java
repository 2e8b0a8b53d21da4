package io.streamforge;

import io.streamforge.Settings.WrongSettingException;
import io.streamforge.camel.access.Access;
import io.streamforge.camel.access.AccessSettings;
import io.streamforge.camel.access.AccessSettings.Limits;
import io.streamforge.camel.access.AccessSettings.Mode;
import io.streamforge.camel.access.OidcSettings;
import io.streamforge.camel.access.Proxies;
import io.streamforge.camel.access.Scope;
import io.streamforge.camel.access.SessionKey;
import io.streamforge.camel.edge.ConnectionLimits;
import io.streamforge.camel.edge.ServerTls;
import io.streamforge.camel.tls.TrustedAuthority;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes the control of access out of the settings. */
final class AccessWiring {
  private AccessWiring() {}

  /**
   * @throws WrongSettingException when a file of tokens cannot be read
   */
  static Access access(Settings settings) {
    String file = settings.text("api.tokens.file");
    AccessSettings access =
        new AccessSettings(
            Mode.valueOf(settings.text("access.mode")),
            rules(settings),
            settings.text("api.tokens"),
            file.isEmpty() ? null : Path.of(file),
            settings.duration("api.tokens.reread.period"),
            oidc(settings),
            sessionKey(settings),
            settings.duration("session.ttl"),
            new Limits(
                settings.number("rate.limit"),
                settings.number("rate.limit.burst"),
                settings.number("rate.limit.failures"),
                settings.number("rate.limit.in.flight"),
                share(settings.number("ws.max.clients"))),
            new Proxies(settings.list("trusted.proxies")));
    try {
      return new Access(access);
    } catch (IllegalArgumentException e) {
      String setting = file.isEmpty() ? "API_TOKENS" : "API_TOKENS_FILE=" + file;
      throw new WrongSettingException("Setting " + setting + " is wrong: " + e.getMessage());
    }
  }

  /** How much of what there is one alone may hold, so that there is room for others. */
  private static int share(int all) {
    return Math.max(1, all / 2);
  }

  /** Where nobody logs in, none is kept. */
  private static SecretKey sessionKey(Settings settings) {
    if (!settings.text("session.key").isEmpty()) {
      return SessionKey.of(settings.text("session.key"));
    }
    return settings.text("access.mode").equals(Mode.CONTROLLED.name())
        ? SessionKey.in(Path.of(settings.text("data.dir"), "session.key"))
        : SessionKey.fresh();
  }

  /** Of what stands in no contract. */
  private static Map<String, Scope> rules(Settings settings) {
    boolean openMetrics = settings.text("metrics.access").equals("open");
    Map<String, Scope> rules = new HashMap<>(ConsoleWiring.rules(settings));
    rules.put("/ws/topic", Scope.READ);
    rules.put("/metrics", openMetrics ? Scope.ANYONE : Scope.READ);
    return rules;
  }

  static @Nullable OidcSettings oidc(Settings settings) {
    if (settings.text("oidc.issuer").isEmpty()) {
      return null;
    }
    String keys = settings.text("oidc.jwks.url");
    return new OidcSettings(
        settings.text("oidc.issuer"),
        settings.text("oidc.audience"),
        keys.isEmpty() ? null : URI.create(keys),
        settings.text("oidc.name.claim"),
        settings.text("oidc.scope.claim"),
        Map.of(
            Scope.READ, Set.copyOf(settings.list("oidc.read")),
            Scope.OPERATE, Set.copyOf(settings.list("oidc.operate")),
            Scope.ADMIN, Set.copyOf(settings.list("oidc.admin"))),
        settings.duration("oidc.timeout"),
        settings.duration("oidc.keys.ttl"),
        settings.duration("oidc.keys.pause"),
        settings.duration("oidc.clock.skew"),
        trust(settings.text("oidc.ca.path")));
  }

  private static SSLSocketFactory trust(String authorities) {
    try {
      return TrustedAuthority.context(authorities).getSocketFactory();
    } catch (IllegalArgumentException e) {
      throw new WrongSettingException(
          "Setting OIDC_CA_PATH=" + authorities + " is wrong: " + e.getMessage());
    }
  }

  static ConnectionLimits connectionLimits(Settings settings) {
    return new ConnectionLimits(
        settings.number("http.max.connections"),
        share(settings.number("http.max.connections")),
        settings.duration("http.head.timeout"),
        settings.duration("http.body.timeout"),
        settings.duration("http.idle.timeout"));
  }

  static @Nullable ServerTls tls(Settings settings) {
    String certificate = settings.text("http.tls.certificate");
    return certificate.isEmpty()
        ? null
        : new ServerTls(Path.of(certificate), Path.of(settings.text("http.tls.key")));
  }

  /** Who is let in, for the log. */
  static String words(Settings settings) {
    String host = settings.text("http.host");
    return switch (Mode.valueOf(settings.text("access.mode"))) {
      case LOCAL ->
          "whoever is on this machine may do everything, and nobody else reaches HTTP_HOST="
              + host
              + "; set API_TOKENS, API_TOKENS_FILE or OIDC_ISSUER before you open it to others";
      case OPEN -> "everybody who reaches " + host + " may do everything, since ACCESS=open";
      case CONTROLLED ->
          "with a token"
              + (settings.text("oidc.issuer").isEmpty()
                  ? ""
                  : ", also those of " + settings.text("oidc.issuer"));
    };
  }
}
