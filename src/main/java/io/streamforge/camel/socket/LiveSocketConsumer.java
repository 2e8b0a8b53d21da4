package io.streamforge.camel.socket;

import io.vertx.ext.web.Route;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Admits clients while it is started, and answers 503 while it is stopped or suspended. See {@link
 * Greeter} for what the route is asked.
 */
final class LiveSocketConsumer extends DefaultConsumer implements Suspendable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveSocketConsumer.class);
  static final int BEFORE_OTHER_HANDLERS = -100;
  private static final long CLOSING_SECONDS = 2;

  private final LiveSocketEndpoint endpoint;
  private final Hub hub;
  private @Nullable Route route;
  private boolean opened;

  LiveSocketConsumer(LiveSocketEndpoint endpoint, Processor processor, Hub hub) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.hub = hub;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    VertxPlatformHttpRouter router = router();
    open();
    if (route == null) {
      route =
          router
              .route(endpoint.path())
              .order(BEFORE_OTHER_HANDLERS)
              .handler(new Doorkeeper(endpoint, hub, new Greeter(this)));
    }
  }

  @Override
  protected void doSuspend() throws Exception {
    closeClients();
    super.doSuspend();
  }

  @Override
  protected void doResume() throws Exception {
    super.doResume();
    open();
  }

  @Override
  protected void doStop() throws Exception {
    closeClients();
    super.doStop();
  }

  @Override
  protected void doShutdown() throws Exception {
    if (route != null) {
      route.remove();
      route = null;
    }
    super.doShutdown();
  }

  private VertxPlatformHttpRouter router() {
    VertxPlatformHttpRouter router =
        endpoint.getCamelContext().getRegistry().findSingleByType(VertxPlatformHttpRouter.class);
    if (router == null) {
      throw new IllegalStateException(
          "live-socket needs one HTTP server of platform-http: set camel.server.enabled = true");
    }
    return router;
  }

  private void open() {
    hub.open(endpoint.getMaxClients(), endpoint.getMaxQueueBytes());
    opened = true;
  }

  private void closeClients() throws Exception {
    if (!opened) {
      return;
    }
    opened = false;
    try {
      hub.close().get(CLOSING_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      LOG.warn(
          "Some clients of {} have not gone {} s after they were told that it stops",
          endpoint.path(),
          CLOSING_SECONDS);
    }
  }
}
