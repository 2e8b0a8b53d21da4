package io.streamforge.camel.socket;

import io.vertx.ext.web.Route;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/**
 * Tells all clients the body: a {@link Frame}, several of them in one batch, or a String that
 * everybody gets. The exchange goes on at once, unless many frames wait to be handed to the
 * connections: a source that is read faster than can be sent is slowed down, yet no client is
 * waited for.
 */
final class LiveSocketProducer extends DefaultAsyncProducer {

  private static final int AFTER_CONSUMER = LiveSocketConsumer.BEFORE_OTHER_HANDLERS + 1;

  private final LiveSocketEndpoint endpoint;
  private final Hub hub;
  private @Nullable Route fallback;

  LiveSocketProducer(LiveSocketEndpoint endpoint, Hub hub) {
    super(endpoint);
    this.endpoint = endpoint;
    this.hub = hub;
  }

  /** Before the first start of the consumer clients are told to come back, not that nothing is. */
  @Override
  protected void doStart() throws Exception {
    super.doStart();
    VertxPlatformHttpRouter router =
        endpoint.getCamelContext().getRegistry().findSingleByType(VertxPlatformHttpRouter.class);
    if (router != null && fallback == null) {
      fallback =
          router
              .route(endpoint.path())
              .order(AFTER_CONSUMER)
              .handler(
                  request ->
                      Refused.unavailable("Not open yet; try again later")
                          .answer(request.response()));
    }
  }

  @Override
  protected void doStop() throws Exception {
    if (fallback != null) {
      fallback.remove();
      fallback = null;
    }
    super.doStop();
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    List<Frame> frames;
    try {
      frames = frames(exchange.getMessage().getBody());
    } catch (IllegalArgumentException e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
    CompletableFuture<Void> sent = hub.broadcast(frames);
    if (sent.isDone()) {
      callback.done(true);
      return true;
    }
    CompletableFuture<Void> unused = sent.thenRun(() -> callback.done(false));
    return false;
  }

  private static List<Frame> frames(@Nullable Object body) {
    if (body instanceof Iterable<?> several) {
      return StreamSupport.stream(several.spliterator(), false)
          .map(LiveSocketProducer::frame)
          .toList();
    }
    return List.of(frame(body));
  }

  private static Frame frame(@Nullable Object body) {
    if (body instanceof Frame frame) {
      return frame;
    }
    if (body instanceof String text) {
      return Frame.forEverybody(Map.of(Frame.ANY_FORMAT, text));
    }
    throw new IllegalArgumentException(
        "live-socket sends a Frame, a list of them or a String, not "
            + (body == null ? "nothing" : body.getClass().getName()));
  }
}
