package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.queues.Observation.Word;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class ListQueuesTest {
  private final RunningService service;

  ListQueuesTest(RunningService service) {
    this.service = service;
  }

  private final String symbol = Planted.symbol();

  @Test
  void a_page_has_what_its_filter_asks_for_newest_first() {
    QueueState finished = Planted.store(service, Planted.finished(symbol));
    QueueState failed = Planted.store(service, Planted.ended(symbol, Word.ERROR));
    assertThat(ids(list("?symbol=" + symbol)))
        .containsExactlyInAnyOrder(finished.id(), failed.id());
    assertThat(ids(list("?symbol=" + symbol + "&status=error"))).containsExactly(failed.id());
    assertThat(ids(list("?symbol=" + symbol + "&status=error&status=finished"))).hasSize(2);
    assertThat(ids(list("?symbol=" + symbol + "&target=visualizer"))).isEmpty();
    assertThat(ids(list("?symbol=" + symbol + "&type=ws&target=loader-producer"))).hasSize(2);
    assertThat(list("?symbol=" + symbol).path("data"))
        .noneMatch(queue -> queue.has("history") || queue.findValue("pod_log_tail") != null);
  }

  @Test
  void pages_neither_repeat_nor_miss_a_queue_while_others_are_inserted() {
    List<String> before = new ArrayList<>();
    for (int at = 0; at < 5; at++) {
      before.add(0, Planted.store(service, Planted.finished(symbol)).id());
      Instant next = Instant.now().plusMillis(2);
      await().pollInterval(Duration.ofMillis(1)).until(() -> Instant.now().isAfter(next));
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = list("?symbol=" + symbol + "&limit=2" + cursor);
      seen.addAll(ids(page));
      assertThat(page.at("/page/next").isMissingNode()).as(page.toString()).isFalse();
      cursor = "&cursor=" + page.path("page").path("next").asText();
      Planted.store(service, Planted.finished(symbol));
    } while (!cursor.endsWith("=null"));
    assertThat(seen).containsExactlyElementsOf(before);
  }

  @Test
  void the_link_leads_to_the_next_page_and_the_last_page_has_none() {
    Planted.store(service, Planted.finished(symbol));
    Planted.store(service, Planted.finished(symbol));
    HttpResponse<String> first = service.get("/queues?limit=1&symbol=" + symbol);
    String link = first.headers().firstValue("Link").orElseThrow();
    assertThat(link).startsWith("</queues?").endsWith(">; rel=\"next\"");
    HttpResponse<String> last = service.get(link.substring(1, link.indexOf(">")));
    assertThat(ids(RunningService.json(last)))
        .hasSize(1)
        .doesNotContainAnyElementsOf(ids(RunningService.json(first)));
    assertThat(last.headers().firstValue("Link")).isEmpty();
  }

  @Test
  void a_cursor_that_no_page_gave_is_refused() {
    HttpResponse<String> answer = service.get("/queues?cursor=x");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("\"field\":\"cursor\"");
  }

  private JsonNode list(String query) {
    return RunningService.json(service.get("/queues" + query));
  }

  private static List<String> ids(JsonNode page) {
    return page.path("data").findValuesAsText("id");
  }
}
