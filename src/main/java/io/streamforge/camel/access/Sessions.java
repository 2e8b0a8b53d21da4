package io.streamforge.camel.access;

import com.nimbusds.jose.EncryptionMethod;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWEAlgorithm;
import com.nimbusds.jose.JWEHeader;
import com.nimbusds.jose.crypto.DirectDecrypter;
import com.nimbusds.jose.crypto.DirectEncrypter;
import com.nimbusds.jwt.EncryptedJWT;
import com.nimbusds.jwt.JWTClaimsSet;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a browser keeps instead of a token: an encrypted note of who logged in and until when, which
 * each process with the same key can read, so that no store is needed.
 */
final class Sessions {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
  private static final JWEHeader HEADER = new JWEHeader(JWEAlgorithm.DIR, EncryptionMethod.A256GCM);

  private final SecretKey key;
  private final Duration life;
  private final Clock clock;

  Sessions(SecretKey key, Duration life, Clock clock) {
    this.key = key;
    this.life = life;
    this.clock = clock;
  }

  /** When a session that begins now ends: no later than what it was begun with. */
  Instant end(Caller caller) {
    Instant end = clock.instant().plus(life);
    Instant until = caller.until();
    return until != null && until.isBefore(end) ? until : end;
  }

  /** The note about a caller. */
  String write(Caller caller) {
    var claims =
        new JWTClaimsSet.Builder()
            .subject(caller.name())
            .claim("scope", caller.scope().word())
            .claim("token", caller.tokenHash())
            .expirationTime(Date.from(end(caller)))
            .build();
    try {
      var note = new EncryptedJWT(HEADER, claims);
      note.encrypt(new DirectEncrypter(key));
      return note.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException("the session cannot be encrypted", e);
    }
  }

  /** The caller in a note; empty if it has ended or was not written with this key. */
  Optional<Caller> read(String note) {
    try {
      var jwt = EncryptedJWT.parse(note);
      jwt.decrypt(new DirectDecrypter(key));
      var claims = jwt.getJWTClaimsSet();
      Instant until = claims.getExpirationTime().toInstant();
      if (!clock.instant().isBefore(until)) {
        return Optional.empty();
      }
      Scope scope = Scope.of(claims.getStringClaim("scope"));
      return Optional.of(
          new Caller(claims.getSubject(), scope, until, claims.getStringClaim("token")));
    } catch (ParseException | JOSEException | IllegalArgumentException e) {
      LOG.debug("A session is refused", e);
      return Optional.empty();
    }
  }
}
