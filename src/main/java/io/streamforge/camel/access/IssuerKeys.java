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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the keys of an issuer over HTTP, each time anew; where they are is found out once. */
final class IssuerKeys implements JWKSetSource<SecurityContext> {
  private static final int MOST_BYTES = 1 << 20;
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private final String issuer;
  private final DefaultResourceRetriever reader;
  private volatile @Nullable URL keysAt;
  private volatile boolean read;

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
      JWKSet keys = JWKSet.parse(reader.retrieveResource(at).getContent());
      read = true;
      return keys;
    } catch (IOException | ParseException | IllegalArgumentException e) {
      throw new JWKSetUnavailableException(
          "The keys of " + issuer + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** OpenID Connect Discovery 1.0, section 4: the document must be the issuer's own. */
  private URL discover() throws IOException, ParseException {
    String at = issuer.replaceAll("/+$", "") + DISCOVERY;
    String document = reader.retrieveResource(URI.create(at).toURL()).getContent();
    return keysOf(issuer, JSONObjectUtils.parse(document));
  }

  /**
   * Where a discovery document says that the keys are.
   *
   * @throws IOException when it is another issuer's, or says nothing that can be relied on
   */
  static URL keysOf(String issuer, Map<String, Object> document)
      throws IOException, ParseException {
    if (!issuer.equals(JSONObjectUtils.getString(document, "issuer"))) {
      throw new IOException(DISCOVERY + " is the document of another issuer");
    }
    String keys = JSONObjectUtils.getString(document, "jwks_uri");
    if (keys == null) {
      throw new IOException(DISCOVERY + " names no jwks_uri");
    }
    // Whoever stands between could else give keys of their own.
    if (issuer.startsWith("https:") && !keys.startsWith("https:")) {
      throw new IOException(DISCOVERY + " names a jwks_uri that is not https");
    }
    return URI.create(keys).toURL();
  }

  /** Whether the issuer has shown its keys, at any time. */
  boolean haveBeenRead() {
    return read;
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
