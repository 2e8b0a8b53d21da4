package io.streamforge.camel.access;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

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
      for (Map.Entry<String, List<String>> parameter :
          new QueryStringDecoder(uri).parameters().entrySet()) {
        if (NAME.matcher(parameter.getKey()).matches()
            || parameter.getValue().stream().anyMatch(text -> VALUE.matcher(text).matches())) {
          return true;
        }
      }
      return false;
    } catch (IllegalArgumentException unreadable) {
      // Whatever answers the path says so.
      return false;
    }
  }
}
