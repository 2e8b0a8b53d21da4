package io.streamforge.camel.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** Writes answers in the service's envelope from outside of any route. */
public final class Answers {
  /** Where a request's routing context keeps the path template that it is counted under. */
  public static final String ENDPOINT = "endpoint";

  /** Where it keeps, as a Long, how many bytes its body may have, if not as many as others. */
  public static final String MOST_BYTES = "most_bytes";

  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");

  private Answers() {}

  /** Answers with an error; nothing happens if there is an answer already, or nobody to get it. */
  public static void error(RoutingContext context, int status, String message) {
    refuse(context, new Refusal(status, message));
  }

  /** As {@link #error}, telling the client when to try again. */
  public static void errorForNow(
      RoutingContext context, int status, String message, int retryAfterSeconds) {
    refuse(context, new Refusal(status, message, List.of(), retryAfterSeconds));
  }

  /** Answers with a refusal, as {@link #error}. */
  public static void refuse(RoutingContext context, Refusal refusal) {
    if (refusal.retryAfterSeconds() != null && !context.response().headWritten()) {
      context.response().putHeader(RETRY_AFTER, refusal.retryAfterSeconds().toString());
    }
    json(context, refusal.status(), Buffer.buffer(StrictJson.write(refusal.envelope())));
  }

  /** Answers 200 with data in the envelope. */
  public static void success(RoutingContext context, String message, JsonNode data) {
    var envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("status", "success").put("message", message).set("data", data);
    json(context, 200, envelope);
  }

  static void json(RoutingContext context, int status, JsonNode body) {
    json(context, status, Buffer.buffer(StrictJson.write(body)));
  }

  static void json(RoutingContext context, int status, Buffer body) {
    var response = context.response();
    if (response.headWritten() || response.closed()) {
      return;
    }
    response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(body);
  }

  /**
   * Answers 405 with the verbs that are allowed, or 204 to a client that asked for just them.
   *
   * @param verbs as they stand in an {@code Allow} header, {@code OPTIONS} included
   */
  public static void allow(RoutingContext context, String verbs) {
    context.response().putHeader(HttpHeaders.ALLOW, verbs);
    var verb = context.request().method().name();
    if (verb.equals("OPTIONS")) {
      context.response().setStatusCode(204).end();
      return;
    }
    error(context, 405, "The method " + verb + " is not allowed here: use one of " + verbs);
  }
}
