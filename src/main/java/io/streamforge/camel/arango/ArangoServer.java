package io.streamforge.camel.arango;

import com.arangodb.ArangoDB;
import com.arangodb.ContentType;
import com.arangodb.Protocol;
import com.arangodb.Request;
import com.arangodb.http.HttpProtocolConfig;
import com.arangodb.serde.jackson.JacksonSerde;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/**
 * The one client of all that speak to the server. It connects when the first of them does.
 *
 * <p>The user and the password are sent for a token only, which every other request carries. A
 * token ends, after an hour by default, and when the server gets another secret: then {@link
 * #login} is due.
 */
public final class ArangoServer implements CamelContextAware, AutoCloseable {
  private static final String HTTP_1 = "1.1";

  private final ArangoAddress address;
  private final String user;
  private final Duration timeout;
  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setUseDaemonThread(true));
  private final ArangoDB client;
  private final ReentrantLock loggingIn = new ReentrantLock();
  private volatile boolean loggedIn;
  private @Nullable CamelContext camel;

  /**
   * @param urls one or several, separated by commas, see {@link ArangoAddress#parse}
   * @param authority a PEM file; empty: what the system trusts
   * @param user empty: the server asks for no login
   * @param timeout of a connection and of a request, such as {@code 3s}
   * @param connections to one host, at the most
   * @param httpVersion {@code 2} or {@code 1.1}
   */
  public ArangoServer(
      String urls,
      String authority,
      String user,
      String timeout,
      int connections,
      String httpVersion) {
    this.address = ArangoAddress.parse(urls);
    this.user = user;
    this.timeout = Duration.ofMillis(TimeUtils.toMilliSeconds(timeout));
    ArangoDB.Builder builder =
        new ArangoDB.Builder()
            .protocol(httpVersion.equals(HTTP_1) ? Protocol.HTTP_JSON : Protocol.HTTP2_JSON)
            .timeout((int) this.timeout.toMillis())
            .maxConnections(connections)
            .user(user)
            .serde(JacksonSerde.of(ContentType.JSON).configure(ArangoJson::configure))
            .protocolConfig(HttpProtocolConfig.builder().vertx(vertx).build());
    address.hosts().forEach(host -> builder.host(host.getHost(), host.getPort()));
    if (address.secure()) {
      builder.useSsl(true).sslContext(TrustedAuthority.context(authority));
    }
    this.client = builder.build();
  }

  /** What the component arangodb works with. */
  public ArangoDB client() {
    return client;
  }

  /** Where the server is, without any secret. */
  public ArangoAddress address() {
    return address;
  }

  Duration timeout() {
    return timeout;
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
   * @throws com.arangodb.ArangoDBException when the server cannot be reached, or refuses
   */
  void login() {
    if (user.isEmpty()) {
      return;
    }
    boolean other = loggingIn.isLocked();
    loggingIn.lock();
    try {
      if (!other || !loggedIn) {
        loggedIn = false;
        client.updateJwt(token());
        loggedIn = true;
      }
    } finally {
      loggingIn.unlock();
    }
  }

  private String token() {
    Request<Map<String, String>> request =
        Request.<Map<String, String>>builder()
            .method(Request.Method.POST)
            .path("/_open/auth")
            .body(Map.of("username", user, "password", password()))
            .build();
    return String.valueOf(client.execute(request, Map.class).getBody().get("jwt"));
  }

  /** Read when it is needed, and as it stands: a placeholder in a bean would be interpreted. */
  private String password() {
    if (camel == null) {
      throw new IllegalStateException("this bean needs a Camel context");
    }
    return camel
        .getPropertiesComponent()
        .loadProperties("arango.password"::equals)
        .getProperty("arango.password", "");
  }

  @Override
  public @Nullable CamelContext getCamelContext() {
    return camel;
  }

  @Override
  public void setCamelContext(CamelContext camel) {
    this.camel = camel;
  }

  /** Ends all connections. */
  @Override
  public void close() {
    client.shutdown();
    vertx.close();
  }
}
