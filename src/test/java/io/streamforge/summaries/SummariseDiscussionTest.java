package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.camel.llm.LlmAwayException;
import io.streamforge.camel.llm.LlmRefusedException;
import io.streamforge.summaries.Coverage.Gap;
import io.streamforge.summaries.DiscussionRoutes.Model;
import io.streamforge.summaries.Findings.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SummariseDiscussionTest {
  private static final Map<String, String> SMALL =
      Map.of("LLM_NUM_CTX", "4096", "LLM_LONGEST_ANSWER", "1024");
  private static final Discussion SHORT =
      Talk.of("alice: Who takes the index?", "bob: I do, until Friday.");

  @Test
  void a_short_discussion_takes_one_question() throws Exception {
    try (DiscussionRoutes routes = DiscussionRoutes.start(Map.of(), PlayedModel::answer)) {
      Summarised summarised = routes.summarise(SHORT);
      assertThat(routes.questions).hasSize(1);
      assertThat(routes.progress).containsExactly(new Progress(1, 1));
      assertThat(summarised.model()).isEqualTo("played");
      assertThat(summarised.promptVersion()).matches("\\S+-[0-9a-f]{8}");
      assertThat(summarised.coverage()).isEqualTo(new Coverage(2, 2, List.of()));
      assertThat(summarised.tokens()).isEqualTo(new Summarised.Tokens(100, 10));
      Findings findings = (Findings) summarised.content();
      assertThat(findings.topics()).containsExactly("topic of 1");
      assertThat(findings.points()).hasSize(2);
      assertThat(findings.tasks())
          .containsExactly(new Task("do what is said", "alice", "Friday", 1));
    }
  }

  @Test
  void a_long_one_is_covered_whole_in_chunks_and_merged() throws Exception {
    try (DiscussionRoutes routes = DiscussionRoutes.start(SMALL, PlayedModel::answer)) {
      Discussion discussion = Talk.many(412, "Нужно проверить выгрузку за пятницу");
      Summarised summarised = routes.summarise(discussion);
      long merges = routes.questions.stream().filter(PlayedModel::isMerge).count();
      int chunks = routes.questions.size() - (int) merges;
      assertThat(chunks).isGreaterThan(3);
      assertThat(merges).isEqualTo(1);
      assertThat(routes.progress).hasSize(chunks).contains(new Progress(chunks, chunks));
      assertThat(summarised.coverage()).isEqualTo(new Coverage(412, 412, List.of()));
      assertThat(summarised.language()).isEqualTo(Language.RU);
      Findings findings = (Findings) summarised.content();
      assertThat(findings.points()).extracting(Findings.Point::message).isSorted();
      assertThat(findings.topics()).containsExactly("topic of " + chunks + " parts");
      assertThat(findings.conclusions()).containsExactly("conclusion of " + chunks + " parts");
    }
  }

  @Test
  void a_chunk_without_an_answer_is_named_and_the_rest_is_kept() throws Exception {
    Model model =
        question -> {
          if (question.user().contains("\"post\":100,")) {
            throw new LlmAwayException("away", Optional.empty(), null);
          }
          return PlayedModel.answer(question);
        };
    try (DiscussionRoutes routes = DiscussionRoutes.start(SMALL, model)) {
      Summarised summarised = routes.summarise(Talk.many(300, "We should look at the logs"));
      Coverage coverage = summarised.coverage();
      assertThat(coverage.total()).isEqualTo(300);
      assertThat(coverage.gaps()).hasSize(1);
      Gap gap = coverage.gaps().get(0);
      assertThat(gap.first()).isLessThanOrEqualTo(100);
      assertThat(gap.last()).isGreaterThanOrEqualTo(100);
      assertThat(coverage.covered()).isEqualTo(300 - gap.size());
      assertThat(((Findings) summarised.content()).points())
          .isNotEmpty()
          .noneMatch(point -> point.message() >= gap.first() && point.message() <= gap.last());
    }
  }

  @Test
  void without_any_answer_it_fails_with_what_the_server_said() throws Exception {
    Model away =
        question -> {
          throw new LlmAwayException("nobody there", Optional.empty(), null);
        };
    try (DiscussionRoutes routes = DiscussionRoutes.start(SMALL, away)) {
      Discussion discussion = Talk.many(300, "We should look at the logs");
      assertThatThrownBy(() -> routes.summarise(discussion))
          .isInstanceOf(LlmAwayException.class)
          .hasMessage("nobody there");
      routes.play(
          question -> {
            throw new LlmRefusedException(404, "no such model");
          });
      assertThatThrownBy(() -> routes.summarise(discussion))
          .isInstanceOf(LlmRefusedException.class);
    }
  }

  @Test
  void the_last_resort_is_a_digest_where_that_is_wished_for() throws Exception {
    Model away =
        question -> {
          throw new LlmAwayException("nobody there", Optional.empty(), null);
        };
    try (DiscussionRoutes routes = DiscussionRoutes.start(Map.of("FALLBACK", "extractive"), away)) {
      Summarised summarised = routes.summarise(SHORT);
      assertThat(summarised.byModel()).isFalse();
      assertThat(routes.questions).isNotEmpty();
    }
  }

  @Test
  void without_a_model_none_is_asked() throws Exception {
    try (DiscussionRoutes routes =
        DiscussionRoutes.start(Map.of("LLM_API", "none"), PlayedModel::answer)) {
      Summarised summarised = routes.summarise(SHORT);
      assertThat(routes.questions).isEmpty();
      assertThat(summarised.content()).isInstanceOf(Digest.class);
      assertThat(summarised.model()).isEmpty();
    }
  }
}
