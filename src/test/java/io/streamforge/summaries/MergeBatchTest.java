package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.summaries.Summarised.Tokens;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MergeBatchTest {
  private static final Gist ONE = new Gist(List.of("a", "b"), List.of("c"), new Tokens(1, 2));
  private static final Gist OTHER = new Gist(List.of("b", "d"), List.of("e"), new Tokens(3, 4));
  private static DiscussionRoutes routes;

  @BeforeAll
  static void start() throws Exception {
    routes = DiscussionRoutes.start(Map.of(), PlayedModel::answer);
  }

  @AfterAll
  static void stop() {
    routes.close();
  }

  private static Gist merge(DiscussionRoutes.Model model, Gist... gists) {
    routes.play(model);
    MergeBatch batch =
        new Merging(List.of(gists), "was summarised in parts", 10_000, 500).batches().get(0);
    return routes.call("merge-batch", batch, Map.of()).getMessage().getBody(Gist.class);
  }

  @Test
  void the_model_merges_several() {
    assertThat(merge(PlayedModel::answer, ONE, OTHER))
        .isEqualTo(
            new Gist(
                List.of("topic of 2 parts"),
                List.of("conclusion of 2 parts"),
                new Tokens(104, 16)));
  }

  @Test
  void without_an_answer_they_are_put_together_as_they_are() {
    Gist joined = new Gist(List.of("a", "b", "d"), List.of("c", "e"), new Tokens(4, 6));
    assertThat(merge(ChunkRoutes.AWAY, ONE, OTHER)).isEqualTo(joined);
    Gist afterNonsense = merge(question -> PlayedModel.text("no"), ONE, OTHER);
    assertThat(afterNonsense.topics()).isEqualTo(joined.topics());
  }

  @Test
  void one_alone_is_not_asked_about() {
    assertThat(merge(PlayedModel::answer, ONE)).isEqualTo(ONE);
    assertThat(routes.questions).isEmpty();
  }
}
