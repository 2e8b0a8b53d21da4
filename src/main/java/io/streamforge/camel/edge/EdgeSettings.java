package io.streamforge.camel.edge;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the HTTP port behaves.
 *
 * @param host the host or address that the server listens on
 * @param workerThreads how many requests are worked on at once
 * @param maxInFlight how many requests may be under way, waiting ones included; above it they are
 *     told to come back
 * @param drain for how long a stopping service still serves while it already says that it is not
 *     ready
 * @param allowedOrigins other origins whose pages may change things, as {@code https://host:port}
 * @param meteredPaths groups of paths whose requests are counted on their own too
 * @param limits what a client's connection may take
 * @param tls with what the port proves who it is; null where it speaks plain HTTP
 */
public record EdgeSettings(
    String host,
    int workerThreads,
    int maxInFlight,
    Duration drain,
    Set<String> allowedOrigins,
    List<MeteredPaths> meteredPaths,
    ConnectionLimits limits,
    @Nullable ServerTls tls) {

  /**
   * Paths whose requests are counted by endpoint and outcome: {@code success}, {@code refused}
   * (4xx), {@code failed} (5xx).
   *
   * @param prefix the path that is counted, with all below it
   * @param meter the name of the counter
   */
  public record MeteredPaths(String prefix, String meter, String description) {
    /** Whether a path template belongs to the group. */
    boolean include(String endpoint) {
      return endpoint.equals(prefix) || endpoint.startsWith(prefix + "/");
    }
  }

  /** Settings under which no paths are counted on their own. */
  public EdgeSettings(
      String host, int workerThreads, int maxInFlight, Duration drain, Set<String> allowedOrigins) {
    this(
        host,
        workerThreads,
        maxInFlight,
        drain,
        allowedOrigins,
        List.of(),
        ConnectionLimits.WIDE,
        null);
  }

  public EdgeSettings {
    requireNonNull(host, "host is null");
    requireNonNull(limits, "limits are null");
    if (workerThreads < 1) {
      throw new IllegalArgumentException("workerThreads must be at least 1: " + workerThreads);
    }
    if (maxInFlight < 1) {
      throw new IllegalArgumentException("maxInFlight must be at least 1: " + maxInFlight);
    }
    if (drain.isNegative()) {
      throw new IllegalArgumentException("drain must not be negative: " + drain);
    }
    allowedOrigins = Set.copyOf(allowedOrigins);
    meteredPaths = List.copyOf(meteredPaths);
    allowedOrigins.forEach(Origin::of);
  }
}
