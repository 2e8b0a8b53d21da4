package io.streamforge.camel.access;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where requests come from and by which scheme. What they say of that themselves is believed only
 * when a proxy says it that an operator has named.
 */
public final class Proxies {
  private static final int SUBSCRIBER_BYTES = 8;
  private static final List<String> FORWARDED =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto");

  private final List<IpSubnetFilterRule> trusted;

  /**
   * @param trusted addresses of proxies, or networks such as {@code 10.0.0.0/8}
   * @throws IllegalArgumentException if one is neither
   */
  public Proxies(List<String> trusted) {
    this.trusted = trusted.stream().map(Proxies::rule).toList();
  }

  private static IpSubnetFilterRule rule(String network) {
    String[] parts = network.split("/", 2);
    byte[] address = NetUtil.createByteArrayFromIpAddressString(parts[0]);
    if (address == null || (parts.length == 2 && !parts[1].matches("[0-9]{1,3}"))) {
      throw new IllegalArgumentException("not an address or a network: " + network);
    }
    int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : address.length * Byte.SIZE;
    return new IpSubnetFilterRule(parts[0], bits, IpFilterRuleType.ACCEPT);
  }

  /**
   * The client's address: the last one in {@code X-Forwarded-For} that is not a proxy's. Of an IPv6
   * address only the network, since each subscriber has 2^64 of them.
   */
  public String client(HttpServerRequest request) {
    String at = request.remoteAddress().hostAddress();
    if (isTrusted(at)) {
      List<String> hops =
          request.headers().getAll("X-Forwarded-For").stream()
              .flatMap(line -> List.of(line.split(",", -1)).stream())
              .map(String::strip)
              .toList();
      for (int hop = hops.size() - 1; hop >= 0 && isTrusted(at); hop--) {
        // A zone such as %eth0 means something to that proxy alone.
        String address = hops.get(hop).replaceFirst("%.*", "");
        if (NetUtil.createByteArrayFromIpAddressString(address) == null) {
          break;
        }
        at = address;
      }
    }
    return subscriber(at);
  }

  /** Whether a request says itself that it came through a proxy. */
  static boolean names(HttpServerRequest request) {
    return FORWARDED.stream().anyMatch(request.headers()::contains);
  }

  /**
   * Who holds a connection, as in {@link #client}; empty if it is a proxy that an operator has
   * named, and that holds the connections of many.
   */
  public Optional<String> holder(@Nullable String remoteAddress) {
    return isTrusted(remoteAddress) ? Optional.empty() : Optional.of(subscriber(remoteAddress));
  }

  /** {@code http} or {@code https}: how the client speaks to the service, or to its proxy. */
  public String scheme(HttpServerRequest request) {
    String forwarded = request.getHeader("X-Forwarded-Proto");
    boolean told = forwarded != null && forwarded.matches("https?");
    return told && isTrusted(request.remoteAddress().hostAddress()) ? forwarded : request.scheme();
  }

  private boolean isTrusted(@Nullable String address) {
    if (trusted.isEmpty() || address == null) {
      return false;
    }
    InetSocketAddress socket = new InetSocketAddress(parsed(address), 0);
    return trusted.stream().anyMatch(rule -> rule.matches(socket));
  }

  private static String subscriber(@Nullable String address) {
    if (address == null) {
      return "unknown";
    }
    InetAddress parsed = parsed(address);
    if (!(parsed instanceof Inet6Address)) {
      return parsed.getHostAddress();
    }
    byte[] network = parsed.getAddress();
    for (int at = SUBSCRIBER_BYTES; at < network.length; at++) {
      network[at] = 0;
    }
    return NetUtil.bytesToIpAddress(network) + "/64";
  }

  /** Never asks a name server: what comes here is an address. */
  private static InetAddress parsed(String address) {
    return NetUtil.createInetAddressFromIpAddressString(address);
  }
}
