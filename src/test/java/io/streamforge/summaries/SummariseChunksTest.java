package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.llm.LlmAnswer;
import io.streamforge.camel.llm.LlmAwayException;
import io.streamforge.camel.llm.LlmQuestion;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class SummariseChunksTest {
  private final Discussion discussion = Talk.many(400, "We should look at the logs by Friday");

  @Test
  void chunks_are_asked_about_at_the_same_time_but_no_more_than_the_setting_says()
      throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    Map<String, String> settings = new HashMap<>(ChunkRoutes.SMALL);
    settings.put("LLM_CONCURRENCY", "3");
    try (DiscussionRoutes routes =
        DiscussionRoutes.start(settings, question -> counted(question, now, most, three))) {
      Exchange exchange = routes.call("summarise-chunks", discussion, Map.of());
      Summarised summarised = exchange.getMessage().getBody(Summarised.class);
      assertThat(summarised.coverage().covered()).isEqualTo(400);
      assertThat(most.get()).isEqualTo(3);
    }
  }

  private static LlmAnswer counted(
      LlmQuestion question, AtomicInteger now, AtomicInteger most, CountDownLatch three)
      throws InterruptedException {
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    three.countDown();
    assertThat(three.await(20, TimeUnit.SECONDS)).isTrue();
    synchronized (most) {
      most.wait(20); // A fourth has that long to join.
    }
    now.decrementAndGet();
    return PlayedModel.answer(question);
  }

  @Test
  void a_model_that_stays_away_is_told_to_the_caller() throws Exception {
    try (DiscussionRoutes routes = DiscussionRoutes.start(ChunkRoutes.SMALL, ChunkRoutes.AWAY)) {
      Exchange exchange = routes.call("summarise-chunks", discussion, Map.of());
      assertThat(exchange.getException()).isInstanceOf(LlmAwayException.class);
      assertThat(routes.questions).noneMatch(PlayedModel::isMerge);
    }
  }
}
