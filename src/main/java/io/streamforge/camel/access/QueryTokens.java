package io.streamforge.camel.access;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds tokens in queries, where they would end up in logs, histories and referrers. */
final class QueryTokens {
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(access|api|auth|bearer|id|session)?[_-]?(token|jwt|secret|password|key)"
              + "|authorization|bearer");
  private static final Pattern VALUE =
      Pattern.compile(
          "(?i:bearer\\s.*)|" + NewToken.PREFIX + "\\S{16,}|eyJ[\\w-]+\\.[\\w-]*\\.[\\w.-]*");

  private QueryTokens() {}

  /** Whether an address has one, by its name or by its looks. */
  static boolean in(String uri) {
    if (uri.indexOf('?') < 0) {
      return false;
    }
    try {
      return new QueryStringDecoder(uri)
          .parameters().entrySet().stream()
              .anyMatch(each -> isToken(each.getKey(), each.getValue()));
    } catch (IllegalArgumentException unreadable) {
      // Whatever answers the path says so; a token may stand there all the same.
      return Stream.of(uri.substring(uri.indexOf('?') + 1).split("[&;]", -1))
          .map(pair -> pair.split("=", 2))
          .anyMatch(pair -> isToken(pair[0], List.of(pair).subList(1, pair.length)));
    }
  }

  private static boolean isToken(String name, List<String> values) {
    return NAME.matcher(name).matches()
        || VALUE.matcher(name).matches()
        || values.stream().anyMatch(text -> VALUE.matcher(text).matches());
  }
}
