package io.streamforge.camel.socket;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/**
 * Tells all clients the body: a {@link Frame}, several of them in one batch, or a String that
 * everybody gets. The exchange goes on at once, unless many frames wait to be handed to the
 * connections: a source that is read faster than can be sent is slowed down, yet no client is
 * waited for.
 */
final class LiveSocketProducer extends DefaultAsyncProducer {

  private final Hub hub;

  LiveSocketProducer(LiveSocketEndpoint endpoint, Hub hub) {
    super(endpoint);
    this.hub = hub;
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
