package io.streamforge.camel.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes of what a route left in its exchange what may go to the client. */
final class Answer {
  /** All other headers stay inside: a request's own would else come back as the answer's. */
  private static final Set<String> HEADERS =
      Set.of(
          "camelhttpresponsecode",
          "content-type",
          "retry-after",
          "location",
          "link",
          "cache-control");

  private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

  private Answer() {}

  static void complete(Exchange exchange) {
    if (exchange.getException() != null) {
      refuse(exchange, exchange.getException());
    }
    var message = exchange.getMessage();
    message
        .getHeaders()
        .keySet()
        .removeIf(name -> !HEADERS.contains(name.toLowerCase(Locale.ROOT)));
    writeBody(message);
  }

  /** For a route that does not say itself what its failures mean to a client. */
  private static void refuse(Exchange exchange, Exception failure) {
    var message = exchange.getMessage();
    var refusal =
        failure instanceof Refusal told ? told : internalError(exchange.getExchangeId(), failure);
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, refusal.status());
    if (refusal.retryAfterSeconds() != null) {
      message.setHeader("Retry-After", refusal.retryAfterSeconds());
    }
    message.setBody(refusal.envelope());
    exchange.setException(null);
  }

  private static Refusal internalError(String id, Exception failure) {
    LOG.error("Request {} failed", id, failure);
    return new Refusal(
        500, "Something went wrong here: look for " + id + " in the log of the service");
  }

  /** The one form that platform-http writes at once and with its length. */
  private static void writeBody(Message message) {
    var body = message.getBody();
    if (body instanceof JsonNode json) {
      message.setBody(ByteBuffer.wrap(StrictJson.write(json)));
    } else if (body instanceof String text) {
      message.setBody(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    } else {
      return;
    }
    if (message.getHeader(Exchange.CONTENT_TYPE) == null) {
      message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    }
  }
}
