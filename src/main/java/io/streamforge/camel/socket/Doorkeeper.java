package io.streamforge.camel.socket;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns requests for the path into clients, or refuses them. */
final class Doorkeeper implements Handler<RoutingContext> {

  private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);

  private final LiveSocketEndpoint endpoint;
  private final Hub hub;
  private final Greeter greeter;

  Doorkeeper(LiveSocketEndpoint endpoint, Hub hub, Greeter greeter) {
    this.endpoint = endpoint;
    this.hub = hub;
    this.greeter = greeter;
  }

  @Override
  public void handle(RoutingContext context) {
    HttpServerRequest request = context.request();
    try {
      if (!HttpMethod.GET.equals(request.method())) {
        throw Refused.wrongMethod();
      }
      if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
        throw Refused.upgradeRequired();
      }
      ConnectionRequest wanted = ConnectionRequest.parse(context.queryParams(), endpoint);
      connect(context, hub.admit(wanted, context.vertx().getOrCreateContext()));
    } catch (Refused refused) {
      refused.answer(context.response());
    }
  }

  private void connect(RoutingContext context, Client client) {
    HttpServerRequest request = context.request();
    ConnectionRequest wanted = client.request();
    Replay replay = client.replay();
    // What Vert.x reads on meanwhile would be lost for the upgrade.
    request.pause();
    context
        .vertx()
        .executeBlocking(() -> greeter.greetings(wanted, replay), false)
        .compose(greetings -> upgrade(request, client, greetings))
        .onFailure(
            cause -> {
              client.leave();
              fail(context, cause);
            });
  }

  private static Future<Void> upgrade(
      HttpServerRequest request, Client client, List<String> greetings) {
    // Vert.x would upgrade a connection that is gone, and never say that it is closed.
    if (request.response().closed()) {
      return Future.failedFuture("the client has gone before it was greeted");
    }
    Line.refuseCompression(request.connection());
    return request
        .toWebSocket()
        .map(
            socket -> {
              client.open(new Line(socket, request.connection()), greetings);
              return null;
            });
  }

  private static void fail(RoutingContext context, Throwable cause) {
    if (context.response().ended() || context.response().closed()) {
      LOG.debug("A client could not connect", cause);
    } else if (cause instanceof Refused refused) {
      refused.answer(context.response());
    } else {
      context.fail(cause);
    }
  }
}
