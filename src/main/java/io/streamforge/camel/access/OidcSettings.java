package io.streamforge.camel.access;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * An issuer whose tokens are good here.
 *
 * @param issuer as it stands in the tokens, to the letter
 * @param audience that the tokens must be meant for
 * @param keysAt where the issuer's keys (JWKS) are; null: where its discovery document says
 * @param nameClaim what a caller is called by; where it is missing, {@code sub}
 * @param scopeClaim what tells the scope: a text of words or a list, below objects with dots
 * @param scopeWords which words of the claim give which scope
 * @param timeout for the issuer to take a connection, and to answer
 * @param keysLife how long keys are used before they are read again
 * @param pause between two readings of the keys, however many unknown ones are named
 * @param clockSkew by how much the clocks may differ
 */
public record OidcSettings(
    String issuer,
    String audience,
    @Nullable URI keysAt,
    String nameClaim,
    String scopeClaim,
    Map<Scope, Set<String>> scopeWords,
    Duration timeout,
    Duration keysLife,
    Duration pause,
    Duration clockSkew,
    SSLSocketFactory trust) {
  public OidcSettings {
    requireNonNull(issuer, "issuer is null");
    requireNonNull(nameClaim, "nameClaim is null");
    requireNonNull(scopeClaim, "scopeClaim is null");
    requireNonNull(trust, "trust is null");
    if (audience.isEmpty()) {
      throw new IllegalArgumentException("without an audience, tokens for others would be good");
    }
    scopeWords = Map.copyOf(scopeWords);
  }

  /**
   * Asks the issuer for its keys.
   *
   * @throws KeySourceException saying why they cannot be had
   */
  public void requireKeys() throws KeySourceException {
    new IssuerKeys(this).getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), 0, null);
  }
}
