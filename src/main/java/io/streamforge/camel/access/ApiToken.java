package io.streamforge.camel.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A token that an operator has given out, written {@code name:scope:hash}. Of the token itself only
 * its SHA-256 is kept: it has 256 random bits, which nobody can guess however quickly they hash, so
 * that the salt and the slowness that passwords need would protect nothing.
 *
 * @param name of its owner, letters, digits and {@code . _ @ -}
 * @param hash in 64 hexadecimal digits
 */
public record ApiToken(String name, Scope scope, String hash) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  public ApiToken {
    requireNonNull(scope, "scope is null");
    if (!NAME.matcher(name).matches() || name.equals(Caller.ANONYMOUS.name())) {
      throw new IllegalArgumentException(
          "a token's name is 1 to 64 letters, digits and . _ @ -, and not anonymous");
    }
    if (!HASH.matcher(hash).matches()) {
      throw new IllegalArgumentException(
          "the hash of the token of " + name + " is not 64 hexadecimal digits in lower case");
    }
  }

  /**
   * Reads {@code name:scope:hash}.
   *
   * @throws IllegalArgumentException saying what is wrong, without the hash
   */
  static ApiToken parse(String entry) {
    String[] parts = entry.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          "each token is written name:scope:hash, as --new-token prints it");
    }
    return new ApiToken(parts[0], Scope.of(parts[1]), parts[2]);
  }

  /** As it is written in settings. */
  public String entry() {
    return name + ":" + scope.word() + ":" + hash;
  }

  /** The SHA-256 of a token, in hexadecimal digits. */
  static String hash(String token) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Its owner, as a caller. */
  Caller caller() {
    return new Caller(name, scope, null, hash);
  }
}
