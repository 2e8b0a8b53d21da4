package io.streamforge.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.contract.Cursor;
import io.streamforge.camel.contract.Refusal;
import io.streamforge.queues.QueueFilter.Position;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pages of the list of queues. */
public final class QueueList {
  private static final String ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

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
    return Cursor.link(
        "/queues",
        List.of("status", "symbol", "type", "target", "limit"),
        headers,
        answer.path("page").path("next").asText());
  }

  private static String cursor(ArrayNode page) {
    JsonNode last = page.get(page.size() - 1);
    return new Cursor(Instant.parse(last.path("created_at").asText()), last.path("id").asText())
        .text();
  }

  private static Position position(String text) {
    Cursor cursor = Cursor.read(text, ID);
    return new Position(cursor.createdAt(), cursor.id());
  }

  private static List<String> words(@Nullable List<String> words) {
    return words == null ? List.of() : words;
  }
}
