package io.streamforge.playground;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the server answers to one request. */
record MattermostAnswer(int status, Map<String, String> headers, String body) {
  static MattermostAnswer json(int status, JsonNode body) {
    return new MattermostAnswer(
        status, Map.of("Content-Type", "application/json"), MattermostJson.text(body));
  }

  static MattermostAnswer ok(JsonNode body) {
    return json(200, body);
  }

  static MattermostAnswer done() {
    return ok(MattermostJson.object().put("status", "OK"));
  }

  static MattermostAnswer error(MattermostError error) {
    MattermostAnswer answer = json(error.status(), MattermostJson.error(error));
    return error.status() == 401
        ? answer.with("Set-Cookie", "MMAUTHTOKEN=; Path=/; Max-Age=0; HttpOnly")
        : answer;
  }

  /** With a tag by which the asker may learn that nothing has changed. */
  MattermostAnswer tagged(MattermostVersion version, String known) {
    String tag = version.serverVersion() + "." + Integer.toHexString(body.hashCode());
    return known.equals(tag)
        ? new MattermostAnswer(304, Map.of("Etag", tag), "")
        : with("Etag", tag);
  }

  MattermostAnswer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new MattermostAnswer(status, more, body);
  }

  /** What a fault answers in the place of the server. */
  static MattermostAnswer of(MattermostFault fault) {
    int status = fault.status();
    if (status == 429) {
      String seconds = String.valueOf(Math.max(1, fault.delay().toSeconds()));
      return new MattermostAnswer(
          status,
          Map.of(
              "Content-Type", "text/plain; charset=utf-8",
              "Retry-After", seconds,
              "X-Ratelimit-Limit", "6",
              "X-Ratelimit-Remaining", "0",
              "X-Ratelimit-Reset", seconds),
          "limit exceeded\n");
    }
    if (status >= 502 && status <= 504) {
      return new MattermostAnswer(
          status, Map.of("Content-Type", "text/html"), "<html><body>Bad gateway</body></html>");
    }
    return error(new MattermostError(status, "api.context.fault.app_error", "Told to fail."));
  }
}
