package io.streamforge.camel.edge;

import io.streamforge.camel.contract.Answers;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Refuses foreign names for a server that listens on loopback: a page whose name is made to resolve
 * to this machine would else pass for the service's own.
 */
final class HostGuard implements Handler<RoutingContext> {
  private final boolean loopback;
  private final Set<String> known;
  private final RequestMeters meters;

  /**
   * @param controlled whether callers show who they are: a page that passes for the service's own
   *     then has nothing to show, since browsers keep cookies for each name
   */
  HostGuard(EdgeSettings settings, boolean controlled, RequestMeters meters) {
    this.meters = meters;
    loopback = !controlled && isLoopback(settings.host());
    known = new HashSet<>(List.of("localhost", "127.0.0.1", "::1", plain(settings.host())));
    settings.allowedOrigins().forEach(origin -> known.add(plain(Origin.of(origin).host())));
  }

  @Override
  public void handle(RoutingContext context) {
    var authority = context.request().authority();
    if (loopback && authority != null && !known.contains(plain(authority.host()))) {
      meters.refused("host");
      Answers.error(
          context, 403, "This service answers only to this machine: ask for it as localhost");
      return;
    }
    context.next();
  }

  private static String plain(String host) {
    return host.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no such host to listen on: " + host, e);
    }
  }
}
