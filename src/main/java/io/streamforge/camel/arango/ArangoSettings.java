package io.streamforge.camel.arango;

import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a server; a bean whose properties a route file sets. The password is none of them:
 * values of beans are interpreted, as references or as placeholders, so that it is read as it
 * stands from the setting {@code arango.password}.
 */
public final class ArangoSettings implements CamelContextAware {
  private static final String PASSWORD = "arango.password";

  private String urls = "";
  private String authority = "";
  private String user = "";
  private Duration timeout = Duration.ofSeconds(3);
  private int connections = 1;
  private String httpVersion = "2";
  private @Nullable CamelContext camel;

  /** One or several, separated by commas, see {@link ArangoAddress#parse}. */
  public void setUrls(String urls) {
    this.urls = urls;
  }

  /** A PEM file of certificates to trust; empty: those that the system trusts. */
  public void setAuthority(String authority) {
    this.authority = authority;
  }

  /** Empty: the server asks for no login. */
  public void setUser(String user) {
    this.user = user;
  }

  /** Of a connection and of a request, such as {@code 3s}. */
  public void setTimeout(String timeout) {
    this.timeout = Duration.ofMillis(TimeUtils.toMilliSeconds(timeout));
  }

  /** To one host, at the most. */
  public void setConnections(int connections) {
    this.connections = connections;
  }

  /** {@code 2} or {@code 1.1}. */
  public void setHttpVersion(String httpVersion) {
    this.httpVersion = httpVersion;
  }

  ArangoAddress address() {
    return ArangoAddress.parse(urls);
  }

  String authority() {
    return authority;
  }

  String user() {
    return user;
  }

  String password() {
    if (camel == null) {
      throw new IllegalStateException("the settings are in no Camel context");
    }
    return camel
        .getPropertiesComponent()
        .loadProperties(PASSWORD::equals)
        .getProperty(PASSWORD, "");
  }

  Duration timeout() {
    return timeout;
  }

  int connections() {
    return connections;
  }

  String httpVersion() {
    return httpVersion;
  }

  @Override
  public @Nullable CamelContext getCamelContext() {
    return camel;
  }

  @Override
  public void setCamelContext(CamelContext camel) {
    this.camel = camel;
  }
}
