package io.streamforge.camel.socket;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Says why a connection is not accepted; written as the HTTP answer in place of the upgrade. */
final class Refused extends Exception {

  /** A query parameter that is wrong, and why. */
  record Fault(String field, String message) {

    private JsonObject toJson() {
      return new JsonObject().put("field", field).put("message", message);
    }
  }

  private static final long serialVersionUID = 1;
  private static final String RETRY_AFTER_SECONDS = "5";

  private final int status;
  private final transient Map<String, String> headers;
  private final String body;

  private Refused(int status, String message, Map<String, String> headers, String body) {
    super(message);
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  static Refused upgradeRequired() {
    return of(
        426,
        "This is a WebSocket: connect to it with an Upgrade request",
        Map.of("Upgrade", "websocket", "Connection", "Upgrade"));
  }

  static Refused wrongMethod() {
    return of(405, "A WebSocket is opened with GET", Map.of("Allow", "GET"));
  }

  static Refused unavailable(String message) {
    return of(503, message, Map.of("Retry-After", RETRY_AFTER_SECONDS));
  }

  static Refused faults(List<Fault> faults) {
    JsonArray errors = new JsonArray();
    faults.forEach(fault -> errors.add(fault.toJson()));
    String message = "Correct the query parameters that data.errors names";
    return new Refused(
        422, message, Map.of(), envelope(message, new JsonObject().put("errors", errors)));
  }

  /** The route has refused: its status, and its body as it stands. */
  static Refused byRoute(int status, String body) {
    return new Refused(status, "refused by the route", Map.of(), body);
  }

  private static Refused of(int status, String message, Map<String, String> headers) {
    return new Refused(status, message, headers, envelope(message, new JsonObject()));
  }

  private static String envelope(String message, JsonObject data) {
    return new JsonObject()
        .put("status", "error")
        .put("message", message)
        .put("data", data)
        .encode();
  }

  void answer(HttpServerResponse response) {
    response.setStatusCode(status).putHeader("Content-Type", "application/json");
    headers.forEach(response::putHeader);
    response.end(body);
  }
}
