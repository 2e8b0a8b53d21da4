package io.streamforge.summaries;

import io.streamforge.camel.llm.LlmAwayException;
import io.streamforge.camel.llm.LlmQuestion;
import java.util.Map;
import java.util.Optional;

/** What the tests of the helper routes share. */
final class ChunkRoutes {
  static final Map<String, String> SMALL =
      Map.of("LLM_NUM_CTX", "4096", "LLM_LONGEST_ANSWER", "1024");

  static final DiscussionRoutes.Model AWAY =
      question -> {
        throw new LlmAwayException("nobody there", Optional.empty(), null);
      };

  private ChunkRoutes() {}

  static ChunkWork work(DiscussionRoutes routes, Discussion discussion) {
    return routes.summariser().work(discussion);
  }

  /** An outcome of the first chunk, as the model's answer makes it. */
  static ChunkOutcome outcome(DiscussionRoutes routes, ChunkWork work, String answer) {
    Chunk chunk = work.chunks().get(0);
    LlmQuestion question = routes.summariser().question(work, chunk);
    return routes.summariser().outcome(work, chunk, question, PlayedModel.text(answer));
  }
}
