package io.streamforge.camel.access;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * A token just made, and the entry by which the service knows it.
 *
 * @param secret what its owner sends; kept nowhere
 */
public record NewToken(String secret, ApiToken entry) {
  /** By which scanners for secrets find one that was published. */
  static final String PREFIX = "sft_";

  private static final int BYTES = 32;

  /**
   * Makes a token.
   *
   * @throws IllegalArgumentException if the name or the scope cannot be one
   */
  public static NewToken of(String name, String scope) {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    return new NewToken(secret, new ApiToken(name, Scope.of(scope), ApiToken.hash(secret)));
  }
}
