package io.streamforge;

import io.streamforge.Settings.WrongSettingException;
import io.streamforge.camel.access.AccessSettings.Mode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the settings of access must be together, and what they come to. */
final class AccessSettingRules {
  private static final int SHORTEST_KEY = 32;

  private AccessSettingRules() {}

  /**
   * The name of the {@link Mode}.
   *
   * @throws WrongSettingException when others could reach the port and nothing tells them apart, or
   *     when a setting lacks another one
   */
  static String mode(Settings settings) {
    boolean controlled =
        List.of("api.tokens", "api.tokens.file", "oidc.issuer").stream()
            .anyMatch(setting -> !settings.text(setting).isEmpty());
    check(settings);
    if (settings.text("access").equals("open")) {
      if (controlled) {
        throw new WrongSettingException(
            "Setting ACCESS=open is wrong: API_TOKENS, API_TOKENS_FILE or OIDC_ISSUER is set; leave one of them out");
      }
      return Mode.OPEN.name();
    }
    if (controlled) {
      return Mode.CONTROLLED.name();
    }
    String host = settings.text("http.host");
    if (!isLoopback(host)) {
      throw new WrongSettingException(
          "Setting HTTP_HOST="
              + host
              + " is wrong: others could reach it and nothing controls what they do; set API_TOKENS,"
              + " API_TOKENS_FILE or OIDC_ISSUER, or ACCESS=open if everybody may do everything");
    }
    if (!settings.text("trusted.proxies").isEmpty()) {
      throw new WrongSettingException(
          "Setting TRUSTED_PROXIES="
              + settings.text("trusted.proxies")
              + " is wrong: whoever comes through a proxy counts as somebody on this machine, and nothing"
              + " controls what they do; set API_TOKENS, API_TOKENS_FILE or OIDC_ISSUER, or ACCESS=open if"
              + " everybody may do everything");
    }
    return Mode.LOCAL.name();
  }

  private static void check(Settings settings) {
    if (!settings.text("oidc.issuer").isEmpty() && settings.text("oidc.audience").isEmpty()) {
      throw new WrongSettingException(
          "Setting OIDC_AUDIENCE is missing: OIDC_ISSUER is set, and tokens that it gave for others must"
              + " not be good here");
    }
    int key = settings.text("session.key").length();
    if (key > 0 && key < SHORTEST_KEY) {
      throw new WrongSettingException(
          "Setting SESSION_KEY=*** is wrong: it must have at least 32 characters, such as openssl rand"
              + " -base64 32 prints");
    }
    for (String file : List.of("http.tls.certificate", "http.tls.key", "oidc.ca.path")) {
      String path = settings.text(file);
      if (!path.isEmpty() && !Files.isReadable(Path.of(path))) {
        throw new WrongSettingException(
            "Setting "
                + Settings.variable(file)
                + "="
                + path
                + " is wrong: it must name a PEM file that can be read");
      }
    }
    if (settings.text("http.tls.certificate").isEmpty()
        != settings.text("http.tls.key").isEmpty()) {
      throw new WrongSettingException(
          "Settings HTTP_TLS_CERTIFICATE and HTTP_TLS_KEY belong together: one of them is missing");
    }
    if (settings.number("rate.limit.burst") < settings.number("rate.limit")) {
      throw new WrongSettingException(
          "Setting RATE_LIMIT_BURST is wrong: it must not be less than RATE_LIMIT");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new WrongSettingException(
          "Setting HTTP_HOST=" + host + " is wrong: there is no such host to listen on");
    }
  }
}
