package io.streamforge.camel.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Asks the consumer's route what a client is told first, before its connection is upgraded: once
 * with {@link LiveSocketHeaders#OPEN}, and once more with {@link LiveSocketHeaders#GAP} where its
 * replay is not complete. The body that the route leaves, a String or a Map from format to text, is
 * sent; a response code of 400 or more refuses the client with that body; a failure is left to the
 * failure handlers of the HTTP server.
 */
final class Greeter {

  private static final int FIRST_REFUSING_STATUS = 400;

  private final Consumer consumer;

  Greeter(Consumer consumer) {
    this.consumer = consumer;
  }

  /** Blocks until the route has answered. */
  List<String> greetings(ConnectionRequest request, Replay replay) throws Exception {
    List<String> texts = new ArrayList<>();
    ask(request, Map.of(LiveSocketHeaders.EVENT, LiveSocketHeaders.OPEN), texts);
    if (!replay.complete()) {
      ask(request, gap(request, replay), texts);
    }
    return texts;
  }

  private static Map<String, Object> gap(ConnectionRequest request, Replay replay) {
    long since = request.since().orElseThrow();
    return replay.first() < 0
        ? Map.of(LiveSocketHeaders.EVENT, LiveSocketHeaders.GAP, LiveSocketHeaders.SINCE, since)
        : Map.of(
            LiveSocketHeaders.EVENT,
            LiveSocketHeaders.GAP,
            LiveSocketHeaders.SINCE,
            since,
            LiveSocketHeaders.FIRST,
            replay.first());
  }

  private void ask(ConnectionRequest request, Map<String, Object> event, List<String> texts)
      throws Exception {
    Exchange exchange = consumer.createExchange(false);
    try {
      exchange.getMessage().setHeader(LiveSocketHeaders.FORMAT, request.format());
      exchange.getMessage().setHeader(LiveSocketHeaders.KEYS, List.copyOf(request.keys()));
      event.forEach(exchange.getMessage()::setHeader);
      consumer.getProcessor().process(exchange);
      if (exchange.getException() != null) {
        throw exchange.getException();
      }
      String text = answer(exchange, request.format());
      if (text != null) {
        texts.add(text);
      }
    } finally {
      consumer.releaseExchange(exchange, false);
    }
  }

  private static @Nullable String answer(Exchange exchange, String format) throws Refused {
    Object body = exchange.getMessage().getBody();
    Integer status = exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    if (status != null && status >= FIRST_REFUSING_STATUS) {
      throw Refused.byRoute(status, exchange.getMessage().getBody(String.class));
    }
    if (body instanceof Map<?, ?> texts) {
      Object text = texts.containsKey(format) ? texts.get(format) : texts.get(Frame.ANY_FORMAT);
      return text == null ? null : text.toString();
    }
    return exchange.getMessage().getBody(String.class);
  }
}
