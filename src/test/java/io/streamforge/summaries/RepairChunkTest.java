package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RepairChunkTest {
  private static final String WRONG_POST =
      "{\"topics\":[\"the index\"],\"key_points\":[{\"text\":\"x\",\"post\":77}],\"tasks\":[],\"conclusions\":[]}";
  private static DiscussionRoutes routes;
  private ChunkWork work;

  @BeforeAll
  static void start() throws Exception {
    routes = DiscussionRoutes.start(Map.of(), PlayedModel::answer);
  }

  @BeforeEach
  void cut() {
    work = ChunkRoutes.work(routes, Talk.of("alice: Who takes it?", "bob: I."));
  }

  @AfterAll
  static void stop() {
    routes.close();
  }

  private ChunkOutcome repair(String first, DiscussionRoutes.Model model) {
    routes.play(model);
    return routes
        .call("repair-chunk", ChunkRoutes.outcome(routes, work, first), Map.of("chunk_work", work))
        .getMessage()
        .getBody(ChunkOutcome.class);
  }

  @Test
  void the_model_is_told_what_was_wrong_and_given_the_same_again() {
    ChunkOutcome outcome = repair(WRONG_POST, PlayedModel::answer);
    assertThat(outcome.isUsable()).isTrue();
    assertThat(routes.questions).hasSize(1);
    assertThat(routes.questions.get(0).system()).contains("no key point has a text and the number");
    assertThat(routes.questions.get(0).user()).isEqualTo(work.chunks().get(0).lines());
  }

  @Test
  void what_was_right_in_the_first_answer_stays_when_there_is_no_second() {
    ChunkOutcome outcome = repair(WRONG_POST, ChunkRoutes.AWAY);
    assertThat(outcome.findings())
        .hasValueSatisfying(
            found -> {
              assertThat(found.topics()).containsExactly("the index");
              assertThat(found.points()).isEmpty();
            });
  }

  @Test
  void a_worse_second_answer_does_not_replace_the_first() {
    ChunkOutcome outcome = repair(WRONG_POST, question -> PlayedModel.text("I cannot do that."));
    assertThat(outcome.findings())
        .hasValueSatisfying(found -> assertThat(found.topics()).containsExactly("the index"));
  }
}
