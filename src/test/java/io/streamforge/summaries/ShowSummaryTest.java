package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.contract.ContractAnswers;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class ShowSummaryTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private final RunningService service;

  ShowSummaryTest(RunningService service) {
    this.service = service;
  }

  private Summary store(Trigger trigger, ThreadPlace thread, String requester) {
    return Kept.store(service, Kept.finished(trigger, thread, requester, NOON));
  }

  private HttpResponse<String> show(String id) {
    return service.get("/summaries/" + id);
  }

  @Test
  void what_was_brought_is_shown_to_who_brought_it_and_to_nobody_else() {
    JsonNode made =
        RunningService.json(
            service.post(
                "/summaries",
                """
                {"messages": [{"user": "anna", "text": "Shall we move the release?"},
                              {"user": "bob", "text": "Yes, to Friday."}]}
                """));
    String key = made.at("/data/id").asText();

    HttpResponse<String> answer = show(key);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode body = RunningService.json(answer);
    assertThat(body.path("message").asText()).isEqualTo("Summary fetched");
    assertThat(body.at("/data/markdown")).isEqualTo(made.at("/data/markdown"));
    assertThat(body.at("/data/sections")).isEqualTo(made.at("/data/sections")).isNotEmpty();
    assertThat(ContractAnswers.faults("/summaries/{summary_id}", "get", 200, body)).isEmpty();
    String listed = body.at("/data/id").asText();
    assertThat(service.get("/summaries").body()).contains(listed).doesNotContain(key);
    assertNotThere(show(listed));
  }

  @Test
  void what_somebody_else_brought_is_not_there() {
    assertNotThere(show(store(Trigger.PASTED, ThreadPlace.NONE, "another caller").id()));
  }

  @Test
  void a_summary_of_a_thread_is_not_there_for_who_brings_no_token() {
    ThreadPlace thread = new ThreadPlace(Kept.mattermostId(), Kept.mattermostId());
    for (Trigger trigger :
        new Trigger[] {Trigger.POST, Trigger.DIRECT, Trigger.SLASH, Trigger.REST}) {
      assertNotThere(show(store(trigger, thread, "anonymous").id()));
    }
  }

  @Test
  void an_unknown_one_is_told_in_the_same_words_as_one_that_may_not_be_read() {
    HttpResponse<String> unknown = show("no-such-summary");
    HttpResponse<String> forbidden =
        show(store(Trigger.PASTED, ThreadPlace.NONE, "another caller").id());

    assertNotThere(unknown);
    assertThat(unknown.body()).isEqualTo(forbidden.body());
  }

  private static void assertNotThere(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
    assertThat(answer.body()).contains("X-Mattermost-Token").doesNotContain(Kept.TEXT);
    assertThat(
            ContractAnswers.faults(
                "/summaries/{summary_id}", "get", 404, RunningService.json(answer)))
        .isEmpty();
  }
}
