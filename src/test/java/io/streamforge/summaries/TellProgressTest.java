package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class TellProgressTest {
  @Test
  void each_chunk_counts_and_nobody_who_listens_costs_nothing() throws Exception {
    try (DiscussionRoutes routes = DiscussionRoutes.start(ChunkRoutes.SMALL, PlayedModel::answer)) {
      ChunkWork work = ChunkRoutes.work(routes, Talk.many(400, "We should look at the logs"));
      int chunks = work.chunks().size();
      ChunkOutcome outcome = ChunkRoutes.outcome(routes, work, "{\"topics\":[\"x\"]}");
      assertThat(tell(routes, work, outcome).getMessage().getBody()).isSameAs(outcome);
      routes.deafen();
      Exchange deaf = tell(routes, work, outcome);
      assertThat(deaf.getException()).isNull();
      assertThat(deaf.getMessage().getBody()).isSameAs(outcome);
      assertThat(routes.progress).containsExactly(new Progress(1, chunks), new Progress(2, chunks));
    }
  }

  private static Exchange tell(DiscussionRoutes routes, ChunkWork work, ChunkOutcome outcome) {
    return routes.call("tell-progress", outcome, Map.of("chunk_work", work));
  }
}
