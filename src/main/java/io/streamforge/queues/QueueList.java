package io.streamforge.queues;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.handler.codec.http.QueryStringEncoder;
import io.streamforge.camel.contract.Fault;
import io.streamforge.camel.contract.Refusal;
import io.streamforge.queues.QueueFilter.Position;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pages of the list of queues. */
public final class QueueList {
  /**
   * The filter of a request; it asks for one more queue than the page holds, which tells whether
   * there is a next page.
   *
   * @throws Refusal 422 when the cursor is not one that a page gave
   */
  public QueueFilter filter(
      @Nullable List<String> status,
      @Nullable List<String> symbol,
      @Nullable List<String> type,
      @Nullable List<String> target,
      int limit,
      @Nullable String cursor) {
    List<String> symbols =
        words(symbol).stream().map(word -> word.strip().toUpperCase(Locale.ROOT)).toList();
    Position after = cursor == null ? null : position(cursor);
    return new QueueFilter(words(status), symbols, words(type), words(target), limit + 1, after);
  }

  /** The answer to a request: the page, and the cursor of the next one. */
  public ObjectNode answer(List<String> documents, int limit) {
    ObjectNode answer = QueueJson.MAPPER.createObjectNode();
    answer.put("status", "success").put("message", "Queues fetched");
    ArrayNode data = answer.putArray("data");
    documents.stream().limit(limit).map(QueueJson::summary).forEach(data::add);
    boolean more = documents.size() > limit;
    answer.putObject("page").put("next", more ? cursor(data) : null);
    return answer;
  }

  /** The {@code Link} header that names the next page: the same request with its cursor. */
  public String link(Map<String, Object> headers, ObjectNode answer) {
    QueryStringEncoder next = new QueryStringEncoder("/queues");
    for (String parameter : List.of("status", "symbol", "type", "target", "limit")) {
      Object value = headers.get(parameter);
      List<?> values =
          value instanceof List<?> many ? many : value == null ? List.of() : List.of(value);
      values.forEach(one -> next.addParam(parameter, String.valueOf(one)));
    }
    next.addParam("cursor", answer.path("page").path("next").asText());
    return "<" + next + ">; rel=\"next\"";
  }

  private static String cursor(ArrayNode page) {
    ObjectNode last = (ObjectNode) page.get(page.size() - 1);
    String place = last.path("created_at").asText() + " " + last.path("id").asText();
    byte[] bytes = place.getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Position position(String cursor) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      String[] place = new String(bytes, StandardCharsets.UTF_8).split(" ", -1);
      if (place.length == 2) {
        return new Position(Instant.parse(place[0]), UUID.fromString(place[1]).toString());
      }
    } catch (DateTimeException | IllegalArgumentException notOurs) {
      // Told below like any other text that no page gave.
    }
    throw Refusal.of(
        List.of(new Fault("cursor", "must be the page.next of an earlier answer, or be left out")));
  }

  private static List<String> words(@Nullable List<String> words) {
    return words == null ? List.of() : words;
  }
}
