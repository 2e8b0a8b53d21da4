package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.summaries.Summarised.Tokens;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MergeGistsTest {
  private static DiscussionRoutes routes;

  @BeforeAll
  static void start() throws Exception {
    routes = DiscussionRoutes.start(Map.of(), PlayedModel::answer);
  }

  @AfterAll
  static void stop() {
    routes.close();
  }

  private static Merging merge(int gists, int budget) {
    return routes
        .call(
            "merge-gists",
            new Merging(gists(gists), "was summarised in parts", budget, 500),
            Map.of())
        .getMessage()
        .getBody(Merging.class);
  }

  private static List<Gist> gists(int count) {
    return IntStream.range(0, count)
        .mapToObj(at -> new Gist(List.of("topic " + at), List.of("outcome " + at), Tokens.NONE))
        .toList();
  }

  @Test
  void what_fits_is_merged_at_once() {
    routes.play(PlayedModel::answer);
    assertThat(merge(9, 10_000).gists())
        .containsExactly(
            new Gist(
                List.of("topic of 9 parts"),
                List.of("conclusion of 9 parts"),
                new Tokens(100, 10)));
    assertThat(routes.questions).hasSize(1);
  }

  @Test
  void what_does_not_fit_is_merged_in_rounds() {
    routes.play(PlayedModel::answer);
    Merging merged = merge(40, 100);
    assertThat(merged.gists()).hasSize(1);
    assertThat(routes.questions).hasSizeGreaterThan(10);
    assertThat(routes.questions).allMatch(question -> TokenEstimate.of(question.user()) <= 110);
  }

  @Test
  void what_never_fits_is_left_as_it_is_and_so_is_a_single_one() {
    routes.play(PlayedModel::answer);
    assertThat(merge(3, 10).gists()).isEqualTo(gists(3));
    assertThat(merge(1, 10_000).gists()).isEqualTo(gists(1));
    assertThat(routes.questions).isEmpty();
  }
}
