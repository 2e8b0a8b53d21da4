package io.streamforge.camel.access;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import org.jspecify.annotations.Nullable;

/** Reads the keys of an issuer over HTTP, each time anew; where they are is found out once. */
final class IssuerKeys implements JWKSetSource<SecurityContext> {
  private static final int MOST_BYTES = 1 << 20;

  private final String issuer;
  private final DefaultResourceRetriever reader;
  private volatile @Nullable URL keysAt;

  IssuerKeys(OidcSettings settings) {
    issuer = settings.issuer();
    int millis = (int) settings.timeout().toMillis();
    reader = new DefaultResourceRetriever(millis, millis, MOST_BYTES, false, settings.trust());
    URI given = settings.keysAt();
    try {
      keysAt = given == null ? null : given.toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("keys cannot be read from " + given, e);
    }
  }

  @Override
  public JWKSet getJWKSet(
      JWKSetCacheRefreshEvaluator evaluator, long now, @Nullable SecurityContext context)
      throws JWKSetUnavailableException {
    try {
      URL at = keysAt == null ? discover() : keysAt;
      keysAt = at;
      return JWKSet.parse(reader.retrieveResource(at).getContent());
    } catch (IOException | ParseException | IllegalArgumentException e) {
      throw new JWKSetUnavailableException(
          "The keys of " + issuer + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** OpenID Connect Discovery 1.0, section 4: the document must be the issuer's own. */
  private URL discover() throws IOException, ParseException {
    String at = issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration";
    var told = JSONObjectUtils.parse(reader.retrieveResource(URI.create(at).toURL()).getContent());
    if (!issuer.equals(JSONObjectUtils.getString(told, "issuer"))) {
      throw new IOException(at + " is the document of another issuer");
    }
    String keys = JSONObjectUtils.getString(told, "jwks_uri");
    if (keys == null) {
      throw new IOException(at + " names no jwks_uri");
    }
    return URI.create(keys).toURL();
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
