package io.streamforge.camel.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import io.streamforge.camel.access.Denial.Reason;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens of an OpenID Connect issuer. Keys that were read go on being used while the issuer is
 * away.
 */
final class OidcTokens {
  private static final Logger LOG = LoggerFactory.getLogger(OidcTokens.class);

  /** Public keys only: with a shared one whoever can check could also sign (RFC 8725, 3.1). */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final long MOST_REMEMBERED = 10_000;

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final DefaultJWTClaimsVerifier<SecurityContext> claims;
  private final OidcCallers callers;
  private final IssuerKeys issuerKeys;
  private final Duration clockSkew;
  private final int retryAfterSeconds;

  /** By the hash of the token, so that none stays in memory. */
  private final Cache<String, Caller> known =
      Caffeine.newBuilder()
          .maximumSize(MOST_REMEMBERED)
          .expireAfterWrite(REMEMBERED)
          .executor(Runnable::run)
          .build();

  OidcTokens(OidcSettings settings) {
    callers = new OidcCallers(settings);
    retryAfterSeconds = (int) Math.max(1, settings.pause().toSeconds());
    claims =
        new DefaultJWTClaimsVerifier<>(
            settings.audience(),
            new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
            Set.of("sub", "exp"));
    clockSkew = settings.clockSkew();
    claims.setMaxClockSkew((int) settings.clockSkew().toSeconds());
    issuerKeys = new IssuerKeys(settings);
    JWKSource<SecurityContext> keys =
        JWKSourceBuilder.create(issuerKeys)
            .refreshAheadCache(false)
            .cache(settings.keysLife().toMillis(), 2 * settings.timeout().toMillis())
            .rateLimited(settings.pause().toMillis())
            .outageTolerantForever()
            .build();
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT,
            new JOSEObjectType("at+jwt"),
            new JOSEObjectType("application/at+jwt"),
            null));
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWTClaimsSetVerifier(claims);
  }

  /** The caller by a token that was found good a moment ago. */
  Optional<Caller> known(String token) {
    return Optional.ofNullable(known.getIfPresent(ApiToken.hash(token)))
        .filter(caller -> !hasEnded(caller.until()));
  }

  private boolean hasEnded(@Nullable Instant until) {
    return until != null && Instant.now().isAfter(until.plus(clockSkew));
  }

  /**
   * Who shows the token; may ask the issuer for its keys, and wait for that.
   *
   * @throws Denial if it is not good, or if that cannot be told now
   */
  Caller verify(String token) {
    try {
      SignedJWT signed = SignedJWT.parse(token);
      // What says itself that it is not for us is nothing to ask the issuer about.
      claims.verify(signed.getJWTClaimsSet(), null);
      Caller caller = callers.of(processor.process(signed, null));
      known.put(ApiToken.hash(token), caller);
      return caller;
    } catch (ExpiredJWTException e) {
      throw Denial.of(Reason.UNKNOWN, "The token has expired: get a new one from its issuer");
    } catch (RateLimitReachedException e) {
      // Whoever makes up names of keys must not pass for one whom the issuer is to blame for.
      throw issuerKeys.haveBeenRead()
          ? Denial.of(
              Reason.UNKNOWN, "The token is signed with a key that its issuer does not show")
          : away("it was asked a moment ago");
    } catch (KeySourceException e) {
      throw away(e.getMessage());
    } catch (ParseException | BadJOSEException | JOSEException e) {
      LOG.debug("A token is refused", e);
      throw Denial.of(
          Reason.UNKNOWN,
          "The token is not good here: it must be signed by OIDC_ISSUER, and for OIDC_AUDIENCE");
    }
  }

  private Denial away(@Nullable String reason) {
    LOG.warn("Tokens of OIDC_ISSUER cannot be checked: {}", reason);
    return Denial.forNow(
        Reason.AWAY,
        "The issuer of the token cannot be asked for its keys now: try again later",
        retryAfterSeconds);
  }
}
