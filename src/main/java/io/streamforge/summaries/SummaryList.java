package io.streamforge.summaries;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.contract.Cursor;
import io.streamforge.camel.contract.Refusal;
import io.streamforge.summaries.SummaryFilter.Place;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pages of the list of summaries, in which nothing is shown of what was said. */
public final class SummaryList {
  private static final String ID = "[A-Za-z0-9-]{1,64}";

  /**
   * The filter of a request; it asks for one more summary than the page holds, which tells whether
   * there is a next page.
   *
   * @throws Refusal 422 when the cursor is not one that a page gave
   */
  public SummaryFilter filter(
      @Nullable String state, @Nullable String thread, int limit, @Nullable String cursor) {
    Cursor after = cursor == null ? null : Cursor.read(cursor, ID);
    return new SummaryFilter(
        state == null ? "" : state,
        thread == null ? "" : thread,
        limit + 1,
        after == null ? null : new Place(after.createdAt(), after.id()));
  }

  /** The answer to a request: the page, and the cursor of the next one. */
  public ObjectNode answer(List<StoredSummary> found, int limit) {
    ObjectNode answer = SummaryJson.MAPPER.createObjectNode();
    answer.put("status", "success").put("message", "Summaries fetched");
    ArrayNode data = answer.putArray("data");
    List<StoredSummary> page = found.subList(0, Math.min(limit, found.size()));
    page.forEach(stored -> data.add(SummaryJson.listed(SummaryJson.read(stored))));
    answer.putObject("page").put("next", found.size() > limit ? cursor(page) : null);
    return answer;
  }

  /** The {@code Link} header that names the next page: the same request with its cursor. */
  public String link(Map<String, Object> headers, ObjectNode answer) {
    return Cursor.link(
        "/summaries",
        List.of("state", "thread", "limit"),
        headers,
        answer.path("page").path("next").asText());
  }

  private static String cursor(List<StoredSummary> page) {
    StoredSummary last = page.get(page.size() - 1);
    return new Cursor(last.createdAt(), last.id()).text();
  }
}
