package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.llm.LlmAwayException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SummariseChunkTest {
  private static DiscussionRoutes routes;
  private ChunkWork work;

  @BeforeAll
  static void start() throws Exception {
    routes = DiscussionRoutes.start(Map.of(), PlayedModel::answer);
  }

  @BeforeEach
  void cut() {
    work = ChunkRoutes.work(routes, Talk.of("alice: Who takes it?", "bob: I do."));
  }

  @AfterAll
  static void stop() {
    routes.close();
  }

  private ChunkOutcome summarise(DiscussionRoutes.Model model) {
    routes.play(model);
    return routes
        .call("summarise-chunk", work.chunks().get(0), Map.of("chunk_work", work))
        .getMessage()
        .getBody(ChunkOutcome.class);
  }

  @Test
  void the_thread_goes_in_as_data_and_the_findings_come_out() {
    ChunkOutcome outcome = summarise(PlayedModel::answer);
    assertThat(outcome.isUsable()).isTrue();
    assertThat(outcome.findings())
        .hasValueSatisfying(found -> assertThat(found.points()).hasSize(2));
    assertThat(routes.questions).hasSize(1);
    assertThat(routes.questions.get(0).system())
        .contains("English")
        .doesNotContain("Who takes it?");
    assertThat(routes.questions.get(0).user().lines())
        .first()
        .asString()
        .contains("\"post\":1", "\"user\":\"alice\"", "\"day\":\"2026-03-14\"");
    assertThat(routes.questions.get(0).schema()).isEqualTo(FindingsSchema.ofChunk());
    assertThat(routes.progress).containsExactly(new Progress(1, 1));
  }

  @Test
  void an_answer_that_is_no_json_is_repaired_once() {
    ChunkOutcome outcome =
        summarise(
            question ->
                PlayedModel.isRepair(question)
                    ? PlayedModel.answer(question)
                    : PlayedModel.text("Here you are: nothing."));
    assertThat(outcome.isUsable()).isTrue();
    assertThat(routes.questions).hasSize(2);
    assertThat(outcome.tokens()).isEqualTo(new Summarised.Tokens(200, 20));
  }

  @Test
  void one_that_stays_so_becomes_conclusions_at_most() {
    ChunkOutcome outcome =
        summarise(question -> PlayedModel.text("## Tasks\n- bob pays\n{\"x\": 1}"));
    assertThat(routes.questions).hasSize(2);
    assertThat(outcome.findings())
        .hasValue(new Findings(List.of(), List.of(), List.of(), List.of("## Tasks", "- bob pays")));
  }

  @Test
  void a_chunk_without_an_answer_is_an_outcome_too_and_counts_as_done() {
    ChunkOutcome outcome = summarise(ChunkRoutes.AWAY);
    assertThat(outcome.failure()).isInstanceOf(LlmAwayException.class);
    assertThat(outcome.findings()).isEmpty();
    assertThat(routes.progress).containsExactly(new Progress(1, 1));
  }
}
