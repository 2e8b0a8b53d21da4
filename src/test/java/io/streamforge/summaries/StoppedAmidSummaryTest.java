package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.playground.LlmDouble;
import io.streamforge.playground.LlmTrouble;
import io.streamforge.playground.MattermostVersion;
import io.streamforge.playground.StandInModel;
import io.streamforge.service.RunningService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service is stopped while a long thread is being summarised, part by part. */
class StoppedAmidSummaryTest {
  @TempDir Path directory;

  private final StandInModel standIn = new StandInModel();
  private final AtomicInteger questions = new AtomicInteger();
  private final CountDownLatch gone = new CountDownLatch(1);

  @Test
  void another_process_makes_the_summary_anew_and_without_gaps() throws Exception {
    Map<String, String> settings =
        Map.of(
            "DATA_DIR", directory.toString(),
            "LLM_NUM_CTX", "4096",
            "LLM_LONGEST_ANSWER", "1024",
            "LLM_CONCURRENCY", "2");
    try (BotService bot = BotService.start(MattermostVersion.V6_7, this::hesitate, settings)) {
      String root = bot.thread(bot.channel(), longTalk());
      bot.mattermost.reply(bot.anna, root, "!summary");
      await().atMost(Duration.ofSeconds(20)).until(() -> questions.get() > 2);

      CamelContext stopping = bot.service.application().camel();
      CompletableFuture<Void> stop = CompletableFuture.runAsync(bot.service::close);
      await().atMost(Duration.ofSeconds(20)).until(stopping::isStopping);
      bot.model.trouble(LlmTrouble.status(503), Integer.MAX_VALUE);
      gone.countDown();
      stop.get(30, TimeUnit.SECONDS);
      bot.model.heal();

      try (RunningService ignored = bot.another()) {
        assertThat(String.join("\n", bot.answers(root, 2))).contains("60 of 60 messages");
      }
    }
  }

  /** Answers the first question, and the others not before the service is being stopped. */
  private String hesitate(LlmDouble.Question question) {
    if (questions.incrementAndGet() > 1) {
      try {
        gone.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return standIn.apply(question);
  }

  private static String[] longTalk() {
    return IntStream.rangeClosed(1, 60)
        .mapToObj(number -> "Point " + number + " of the plan. " + "We talk about it. ".repeat(30))
        .toArray(String[]::new);
  }
}
