package io.streamforge.camel.arango;

import com.arangodb.config.HostDescription;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/**
 * Where the servers of one database are.
 *
 * @param secure whether they are spoken to over TLS
 * @param hosts at least one; several are coordinators of one cluster, which take turns
 */
public record ArangoAddress(boolean secure, List<HostDescription> hosts) {
  private static final int DEFAULT_PORT = 8529;

  public ArangoAddress {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("there is no host");
    }
  }

  /**
   * Reads {@code http://one:8529,http://two:8529}; without a port it is ArangoDB's own, 8529.
   *
   * @throws IllegalArgumentException with a text fit to show to an operator
   */
  public static ArangoAddress parse(String urls) {
    List<URI> all = Arrays.stream(urls.split(",", -1)).map(ArangoAddress::url).toList();
    if (all.stream().map(URI::getScheme).distinct().count() > 1) {
      throw new IllegalArgumentException("must be all http or all https");
    }
    return new ArangoAddress(
        all.get(0).getScheme().equals("https"),
        all.stream()
            .map(
                url ->
                    new HostDescription(
                        url.getHost(), url.getPort() < 0 ? DEFAULT_PORT : url.getPort()))
            .toList());
  }

  private static URI url(String text) {
    URI url;
    try {
      url = URI.create(text.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be URLs, separated by commas", e);
    }
    if (url.getHost() == null || !List.of("http", "https").contains(url.getScheme())) {
      throw new IllegalArgumentException("must be URLs that begin with http:// or https://");
    }
    if (url.getRawUserInfo() != null) {
      throw new IllegalArgumentException("must not hold a user or a password");
    }
    if (!List.of("", "/").contains(url.getRawPath()) || url.getRawQuery() != null) {
      throw new IllegalArgumentException("must end after the port");
    }
    return url;
  }

  @Override
  public String toString() {
    return String.join(", ", hosts.stream().map(h -> h.getHost() + ":" + h.getPort()).toList());
  }
}
