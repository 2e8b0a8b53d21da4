package io.streamforge.camel.contract;

import static java.util.Objects.requireNonNull;

import io.netty.handler.codec.http.QueryStringEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Where a page of a list ended that is ordered by creation and then by id; to clients an opaque
 * text.
 *
 * @param id without blanks
 */
public record Cursor(Instant createdAt, String id) {
  public Cursor {
    requireNonNull(createdAt, "createdAt is null");
    if (id.isEmpty() || id.contains(" ")) {
      throw new IllegalArgumentException("not an id: " + id);
    }
  }

  /**
   * Reads what {@link #text} gave.
   *
   * @param id what an id of that list looks like, a regular expression
   * @throws Refusal 422 when it is anything else
   */
  public static Cursor read(String text, String id) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      String[] place = new String(bytes, StandardCharsets.UTF_8).split(" ", -1);
      if (place.length == 2 && place[1].matches(id)) {
        return new Cursor(Instant.parse(place[0]), place[1]);
      }
    } catch (DateTimeException | IllegalArgumentException notOurs) {
      // Told below like any other text that no page gave.
    }
    throw Refusal.of(
        List.of(new Fault("cursor", "must be the page.next of an earlier answer, or be left out")));
  }

  /** Fit for a query. */
  public String text() {
    byte[] bytes = (createdAt + " " + id).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * The {@code Link} header that names the next page: the same request with its cursor.
   *
   * @param parameters those of the request, which stand in the headers
   */
  public static String link(
      String path, List<String> parameters, Map<String, Object> headers, String cursor) {
    QueryStringEncoder next = new QueryStringEncoder(path);
    for (String parameter : parameters) {
      Object value = headers.get(parameter);
      List<?> values =
          value instanceof List<?> many ? many : value == null ? List.of() : List.of(value);
      values.forEach(one -> next.addParam(parameter, String.valueOf(one)));
    }
    next.addParam("cursor", cursor);
    return "<" + next + ">; rel=\"next\"";
  }
}
