package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.contract.ContractAnswers;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class ListSummariesTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private final RunningService service;
  private final ThreadPlace thread = new ThreadPlace(Kept.mattermostId(), Kept.mattermostId());

  ListSummariesTest(RunningService service) {
    this.service = service;
  }

  private Summary store(int seconds) {
    return Kept.store(
        service, Kept.finished(Trigger.POST, thread, "anna", NOON.plusSeconds(seconds)));
  }

  private JsonNode list(String more) {
    return RunningService.json(service.get("/summaries?thread=" + thread.rootId() + more));
  }

  private static List<String> ids(JsonNode page) {
    return page.path("data").findValuesAsText("id");
  }

  @Test
  void a_summary_is_listed_with_how_it_was_made_and_without_what_was_said() {
    Summary summary = store(0);

    JsonNode answer = list("");

    assertThat(answer.path("status").asText()).isEqualTo("success");
    assertThat(answer.path("message").asText()).isEqualTo("Summaries fetched");
    JsonNode listed = answer.path("data").path(0);
    assertThat(listed.path("id").asText()).isEqualTo(summary.id());
    assertThat(listed.path("state").asText()).isEqualTo("finished");
    assertThat(listed.at("/thread/root_id").asText()).isEqualTo(thread.rootId());
    assertThat(listed.at("/coverage/covered").asInt()).isEqualTo(12);
    assertThat(listed.at("/tokens/answer").asInt()).isEqualTo(90);
    assertThat(answer.toString()).doesNotContain(Kept.TEXT, "markdown", "sections", "anna");
    assertThat(ContractAnswers.faults("/summaries", "get", 200, answer)).isEmpty();
  }

  @Test
  void a_page_has_what_its_filter_asks_for_newest_first() {
    Summary older = store(0);
    Summary newer = store(1);

    assertThat(ids(list(""))).containsExactly(newer.id(), older.id());
    assertThat(ids(list("&state=finished&limit=1"))).containsExactly(newer.id());
    assertThat(ids(list("&state=failed"))).isEmpty();
    assertThat(ids(RunningService.json(service.get("/summaries?thread=" + Kept.mattermostId()))))
        .isEmpty();
  }

  @Test
  void pages_neither_repeat_nor_miss_a_summary_while_others_come_in() {
    List<String> before = new ArrayList<>();
    for (int at = 0; at < 5; at++) {
      before.add(0, store(at).id());
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    int later = 100;
    do {
      JsonNode page = list("&limit=2" + cursor);
      seen.addAll(ids(page));
      cursor = "&cursor=" + page.at("/page/next").asText();
      store(later++);
    } while (!cursor.endsWith("=null"));
    assertThat(seen).containsExactlyElementsOf(before);
  }

  @Test
  void the_link_leads_to_the_next_page_and_the_last_page_has_none() {
    Summary older = store(0);
    store(1);
    HttpResponse<String> first =
        service.get("/summaries?limit=1&state=finished&thread=" + thread.rootId());
    String link = first.headers().firstValue("Link").orElseThrow();
    assertThat(link).startsWith("</summaries?").endsWith(">; rel=\"next\"");

    HttpResponse<String> last = service.get(link.substring(1, link.indexOf(">")));

    assertThat(ids(RunningService.json(last))).containsExactly(older.id());
    assertThat(last.headers().firstValue("Link")).isEmpty();
  }
}
