package io.streamforge.camel.access;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The API tokens that are good. A name may have several, so that one can take over from another.
 */
public final class ApiTokens {
  private final List<ApiToken> tokens;

  ApiTokens(List<ApiToken> tokens) {
    this.tokens = List.copyOf(tokens);
    Set<String> hashes = new HashSet<>();
    for (ApiToken token : tokens) {
      if (!hashes.add(token.hash())) {
        throw new IllegalArgumentException("the token of " + token.name() + " is there twice");
      }
    }
  }

  /**
   * Reads entries {@code name:scope:hash}, separated by commas or white space; a line that begins
   * with {@code #} is a remark.
   *
   * @throws IllegalArgumentException saying what is wrong, without showing a hash
   */
  static ApiTokens parse(String text) {
    return new ApiTokens(
        text.lines()
            .filter(line -> !line.stripLeading().startsWith("#"))
            .flatMap(line -> Stream.of(line.split("[,\\s]+", -1)))
            .filter(entry -> !entry.isEmpty())
            .map(ApiToken::parse)
            .toList());
  }

  /**
   * Says what is wrong with entries, without showing a hash.
   *
   * @throws IllegalArgumentException if something is
   */
  public static void check(String text) {
    parse(text);
  }

  List<ApiToken> list() {
    return tokens;
  }

  /** The token that was shown, if it is one of these. */
  Optional<ApiToken> find(String shown) {
    return findByHash(ApiToken.hash(shown));
  }

  /** Takes as long whichever it is, and whether or not it is one. */
  Optional<ApiToken> findByHash(String hash) {
    byte[] wanted = hash.getBytes(US_ASCII);
    ApiToken found = null;
    for (ApiToken token : tokens) {
      if (MessageDigest.isEqual(token.hash().getBytes(US_ASCII), wanted)) {
        found = token;
      }
    }
    return Optional.ofNullable(found);
  }
}
