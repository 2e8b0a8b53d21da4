package io.streamforge.camel.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.streamforge.playground.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** An OpenID Connect issuer on loopback, as far as the keys of its tokens go. */
public final class TestIssuer implements AutoCloseable {
  private final AtomicInteger readings = new AtomicInteger();
  private final int port;
  private HttpServer server;

  /** Made once, since that takes its time. */
  private static final RSAKey FIRST = newKey("first");

  private static final RSAKey FOREIGN = newKey("foreign");

  private volatile RSAKey key = FIRST;

  private TestIssuer(HttpServer server) {
    this.server = server;
    port = server.getAddress().getPort();
    serve();
  }

  public static TestIssuer start() {
    return new TestIssuer(listen(FreePorts.find()));
  }

  private static HttpServer listen(int port) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve() {
    server.createContext(
        "/realm/.well-known/openid-configuration",
        exchange ->
            answer(exchange, "{\"issuer\":\"" + url() + "\",\"jwks_uri\":\"" + url() + "/keys\"}"));
    server.createContext(
        "/realm/keys",
        exchange -> {
          readings.incrementAndGet();
          answer(exchange, new JWKSet(key.toPublicJWK()).toString());
        });
    server.start();
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    try (var body = exchange.getResponseBody()) {
      body.write(bytes);
    }
  }

  static RSAKey newKey(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A key that is not the issuer's, by whatever name. */
  static RSAKey named(String id) {
    return new RSAKey.Builder(FOREIGN).keyID(id).build();
  }

  /** What its tokens name as their issuer. */
  public String url() {
    return "http://127.0.0.1:" + port + "/realm";
  }

  /** How often its keys were read. */
  int readings() {
    return readings.get();
  }

  void changeKey() {
    key = newKey("second");
  }

  void goAway() {
    server.stop(0);
  }

  void comeBack() {
    FreePorts.awaitFree(port);
    server = listen(port);
    serve();
  }

  /** How the service takes its tokens. */
  OidcSettings settings() {
    return new OidcSettings(
        url(),
        "streamforge",
        null,
        "preferred_username",
        "scope",
        Map.of(
            Scope.READ, Set.of("streamforge:read"),
            Scope.OPERATE, Set.of("streamforge:operate"),
            Scope.ADMIN, Set.of("streamforge:admin")),
        Duration.ofSeconds(20),
        Duration.ofMinutes(10),
        Duration.ofSeconds(60),
        Duration.ZERO,
        (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /** The claims of a good token, to be changed. */
  JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(url())
        .audience(List.of("streamforge"))
        .subject("7f3c")
        .claim("preferred_username", "anna")
        .claim("scope", "openid streamforge:operate")
        .expirationTime(Date.from(Instant.now().plusSeconds(300)));
  }

  /** A good token. */
  public String token() {
    return sign(claims().build(), key);
  }

  /** A good token that ends in so many seconds. */
  public String tokenFor(int seconds) {
    return token(claims().expirationTime(Date.from(Instant.now().plusSeconds(seconds))));
  }

  String token(JWTClaimsSet.Builder claims) {
    return sign(claims.build(), key);
  }

  /** A good token that says of itself what kind it is of. */
  String ofType(String type) {
    return sign(claims().build(), key, new JOSEObjectType(type));
  }

  static String sign(JWTClaimsSet claims, RSAKey key) {
    return sign(claims, key, null);
  }

  private static String sign(JWTClaimsSet claims, RSAKey key, @Nullable JOSEObjectType type) {
    try {
      var header =
          new JWSHeader.Builder(JWSAlgorithm.RS256).type(type).keyID(key.getKeyID()).build();
      var jwt = new SignedJWT(header, claims);
      jwt.sign(new RSASSASigner(key));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The attack on those who let the token choose: its public key as a shared secret. */
  String signedWithPublicKey() {
    try {
      var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build();
      var jwt = new SignedJWT(header, claims().build());
      jwt.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
      return jwt.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One that says it needs no signature. */
  public String unsigned() {
    return new PlainJWT(claims().build()).serialize();
  }

  /** One that was good once. */
  public String expired() {
    return token(claims().expirationTime(Date.from(Instant.now().minusSeconds(60))));
  }

  /** One with all the right words, signed by somebody else. */
  public String forged() {
    return sign(claims().build(), named(key.getKeyID()));
  }

  /** One with all the right words, signed with a key that it does not have. */
  public String ofUnknownKey() {
    return sign(claims().build(), named("unknown"));
  }

  /** A good one of another issuer. */
  public String ofAnother() {
    return sign(claims().issuer("https://evil.example").build(), FOREIGN);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
