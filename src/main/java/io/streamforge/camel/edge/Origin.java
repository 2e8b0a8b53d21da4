package io.streamforge.camel.edge;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a page comes from: what its scheme, host and port have in common with the service's.
 *
 * @param scheme {@code http} or {@code https}
 * @param host in lower case, an IPv6 address in brackets
 * @param port the scheme's own where none is written
 */
record Origin(String scheme, String host, int port) {

  /**
   * Reads {@code https://host:port}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static Origin of(String text) {
    return parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "not an origin: \"" + text + "\": expected something like https://host:port"));
  }

  /** Reads the value of an {@code Origin} header; empty for {@code null} and all that is none. */
  static Optional<Origin> parse(String text) {
    try {
      var uri = URI.create(text);
      var origin = uri.getScheme() + "://" + uri.getRawAuthority();
      if (uri.getHost() == null || uri.getRawUserInfo() != null || !origin.equals(text)) {
        return Optional.empty();
      }
      var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      return switch (scheme) {
        case "http" -> Optional.of(of(scheme, uri, 80));
        case "https" -> Optional.of(of(scheme, uri, 443));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Origin of(String scheme, URI uri, int defaultPort) {
    var port = uri.getPort() == -1 ? defaultPort : uri.getPort();
    return new Origin(scheme, uri.getHost().toLowerCase(Locale.ROOT), port);
  }
}
