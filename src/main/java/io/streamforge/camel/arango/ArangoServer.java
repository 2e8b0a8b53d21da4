package io.streamforge.camel.arango;

import com.arangodb.ArangoDB;
import com.arangodb.ArangoDBException;
import com.arangodb.ContentType;
import com.arangodb.Protocol;
import com.arangodb.Request;
import com.arangodb.entity.LoadBalancingStrategy;
import com.arangodb.http.HttpProtocolConfig;
import com.arangodb.serde.jackson.JacksonSerde;
import io.streamforge.camel.tls.TrustedAuthority;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one client of all that speak to the server. It connects when the first of them does.
 *
 * <p>The user and the password are sent for a token only, which every other request carries. A
 * token ends, after an hour by default, and when the server gets another secret: then {@link
 * #login} is due.
 */
public final class ArangoServer implements AutoCloseable {
  private static final String HTTP_1 = "1.1";
  private static final int REFUSED = 401;

  /** The server has no such path when it runs without authentication. */
  private static final int NO_LOGIN_NEEDED = 404;

  private final ArangoSettings settings;
  private final ArangoAddress address;
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setUseDaemonThread(true));
  private final ArangoDB client;
  private final ReentrantLock loggingIn = new ReentrantLock();
  private volatile boolean loggedIn;

  public ArangoServer(ArangoSettings settings) {
    this.settings = settings;
    this.address = settings.address();
    ArangoDB.Builder builder =
        new ArangoDB.Builder()
            .protocol(
                settings.httpVersion().equals(HTTP_1) ? Protocol.HTTP_JSON : Protocol.HTTP2_JSON)
            .timeout((int) settings.timeout().toMillis())
            .maxConnections(settings.connections())
            // A host that takes requests and answers none must not get all of them.
            .loadBalancingStrategy(LoadBalancingStrategy.ROUND_ROBIN)
            .user(settings.user())
            .serde(JacksonSerde.of(ContentType.JSON).configure(ArangoJson::configure))
            .protocolConfig(HttpProtocolConfig.builder().vertx(vertx).build());
    address.hosts().forEach(host -> builder.host(host.getHost(), host.getPort()));
    if (address.secure()) {
      builder.useSsl(true).sslContext(TrustedAuthority.context(settings.authority()));
    }
    this.client = builder.build();
  }

  /** What the component arangodb works with; a route file can make a bean of it. */
  public static ArangoDB clientOf(ArangoServer server) {
    return server.client();
  }

  ArangoDB client() {
    return client;
  }

  /** Where the server is, without any secret. */
  ArangoAddress address() {
    return address;
  }

  Duration timeout() {
    return settings.timeout();
  }

  /** Logs in unless that was done, and the server asks for it. */
  void ensureLogin() {
    if (!loggedIn) {
      login();
    }
  }

  /**
   * Asks for a new token. Who comes while another one asks waits for that one's.
   *
   * @throws ArangoDBException when the server cannot be reached, or refuses
   */
  void login() {
    if (settings.user().isEmpty()) {
      return;
    }
    boolean other = loggingIn.isLocked();
    loggingIn.lock();
    try {
      if (!other || !loggedIn) {
        client.updateJwt(token());
        loggedIn = true;
      }
    } catch (ArangoDBException e) {
      int code = e.getResponseCode() == null ? 0 : e.getResponseCode();
      loggedIn = code == NO_LOGIN_NEEDED || (loggedIn && code != REFUSED);
      if (code != NO_LOGIN_NEEDED) {
        throw e;
      }
    } finally {
      loggingIn.unlock();
    }
  }

  /** False until the first login, and after one that was refused. */
  boolean isLoggedIn() {
    return loggedIn;
  }

  private String token() {
    Request<Map<String, String>> request =
        Request.<Map<String, String>>builder()
            .method(Request.Method.POST)
            .path("/_open/auth")
            .body(Map.of("username", settings.user(), "password", settings.password()))
            .build();
    return String.valueOf(client.execute(request, Map.class).getBody().get("jwt"));
  }

  /** Ends all connections. */
  @Override
  public void close() {
    client.shutdown();
    vertx.close();
  }
}
