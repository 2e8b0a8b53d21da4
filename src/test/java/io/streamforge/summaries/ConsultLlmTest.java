package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.streamforge.camel.llm.LlmAnswer;
import io.streamforge.camel.llm.LlmAwayException;
import io.streamforge.camel.llm.LlmQuestion;
import io.streamforge.camel.llm.LlmRefusedException;
import io.streamforge.llms.Llm;
import io.streamforge.playground.LlmDouble;
import io.streamforge.playground.LlmTrouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsultLlmTest {
  private final LlmDouble server = new LlmDouble(question -> "answer to " + question.text());
  private final Map<String, String> settings =
      new HashMap<>(
          Map.of(
              "llm.base.url", server.url(),
              "llm.model", "qwen3",
              "llm.timeout", "30s",
              "llm.retry.delay", "20ms",
              "llm.retry.longest.delay", "1500ms",
              "llm.breaker.failures", "100"));

  @AfterEach
  void close() {
    server.close();
  }

  private Llm start(String... differing) {
    for (int at = 0; at < differing.length; at += 2) {
      settings.put(differing[at], differing[at + 1]);
    }
    return new Llm("ollama", settings, List.of("consult-llm"));
  }

  private static LlmQuestion question(String user) {
    return new LlmQuestion("You summarise.", user, null, 500);
  }

  private static LlmAwayException away(Llm llm) {
    return catchThrowableOfType(LlmAwayException.class, () -> llm.consult(question("x")));
  }

  @Test
  void fifty_callers_are_all_answered_and_never_more_than_two_at_once() throws Exception {
    server.trouble(LlmTrouble.slowToStart(Duration.ofMillis(10)), 50);
    ExecutorService callers = Executors.newFixedThreadPool(50);
    try (Llm llm = start("llm.concurrency", "2")) {
      List<CompletableFuture<String>> answers = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        LlmQuestion question = question("question " + i);
        answers.add(CompletableFuture.supplyAsync(() -> text(llm, question), callers));
      }
      for (int i = 0; i < 50; i++) {
        assertThat(answers.get(i).join()).isEqualTo("answer to question " + i);
      }
    } finally {
      callers.shutdown();
    }
    assertThat(server.mostAtOnce()).isEqualTo(2);
    assertThat(server.questions()).hasSize(50);
  }

  private static String text(Llm llm, LlmQuestion question) {
    try {
      return llm.consult(question).text();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void callers_are_served_in_their_order_and_one_that_gives_up_loses_its_place() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    try (LlmDouble slow =
            new LlmDouble(
                question -> {
                  try {
                    held.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  return "yes";
                });
        Llm llm = start("llm.base.url", slow.url(), "llm.concurrency", "1", "llm.timeout", "20s")) {
      List<FutureTask<LlmAnswer>> answers = new ArrayList<>();
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        LlmQuestion question = question("question " + i);
        FutureTask<LlmAnswer> answer = new FutureTask<>(() -> llm.consult(question));
        Thread caller = new Thread(answer);
        caller.start();
        answers.add(answer);
        callers.add(caller);
        if (i == 0) {
          await().until(() -> slow.open() == 1);
        } else {
          await().until(() -> caller.getState() == Thread.State.WAITING);
        }
      }
      callers.get(2).interrupt();
      assertThatThrownBy(() -> answers.get(2).get())
          .hasCauseInstanceOf(LlmAwayException.class)
          .hasMessageContaining("wait");
      held.countDown();
      for (int i : List.of(0, 1, 3, 4)) {
        assertThat(answers.get(i).get().text()).isEqualTo("yes");
      }
      assertThat(slow.questions())
          .extracting(asked -> asked.json().path("messages").path(2).path("content").asText())
          .containsExactly("question 0", "question 1", "question 3", "question 4");
    }
  }

  @Test
  void whoever_is_told_when_to_come_back_comes_back_then() throws Exception {
    server.trouble(LlmTrouble.status(429, "1"), 1);
    try (Llm llm = start()) {
      long begun = System.nanoTime();
      assertThat(llm.consult(question("x")).text()).isEqualTo("answer to x");
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
    }
    assertThat(server.questions()).hasSize(2);
  }

  @Test
  void whoever_is_told_to_come_back_late_tells_the_caller() {
    server.trouble(LlmTrouble.status(503, "60"), 1);
    try (Llm llm = start()) {
      assertThat(away(llm).retryAfter()).contains(Duration.ofSeconds(60));
    }
    assertThat(server.questions()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void a_server_that_stays_away_is_asked_as_often_as_is_set(int retries) {
    server.trouble(LlmTrouble.status(500), 100);
    try (Llm llm = start("llm.retries", retries + "")) {
      assertThat(away(llm)).hasMessageContaining("cannot answer now");
    }
    assertThat(server.questions()).hasSize(retries + 1);
  }

  @Test
  void a_server_that_is_away_for_a_moment_is_asked_again() throws Exception {
    server.trouble(LlmTrouble.status(500), 1);
    server.trouble(LlmTrouble.cutAfter(1), 1);
    server.trouble(LlmTrouble.says(""), 1);
    try (Llm llm = start()) {
      assertThat(llm.consult(question("x")).text()).isEqualTo("answer to x");
    }
    assertThat(server.questions()).hasSize(4);
  }

  @Test
  void a_refusal_is_neither_asked_again_nor_counted() throws Exception {
    server.trouble(LlmTrouble.refuses(413, "too long"), 10);
    try (Llm llm = start("llm.breaker.failures", "2", "llm.breaker.pause", "1h")) {
      for (int i = 0; i < 10; i++) {
        assertThatThrownBy(() -> llm.consult(question("x")))
            .isInstanceOf(LlmRefusedException.class);
      }
      assertThat(server.questions()).hasSize(10);
      assertThat(llm.consult(question("x")).text()).isEqualTo("answer to x");
    }
  }

  @Test
  void after_failures_in_a_row_the_server_is_left_alone_for_a_while() throws Exception {
    server.trouble(LlmTrouble.status(500), 3);
    try (Llm llm =
        start("llm.retries", "0", "llm.breaker.failures", "3", "llm.breaker.pause", "5s")) {
      for (int i = 0; i < 3; i++) {
        assertThat(away(llm)).hasMessageContaining("cannot answer now");
      }
      LlmAwayException alone = away(llm);
      assertThat(alone)
          .hasMessageContaining("left alone after 3 failures")
          .hasMessageContaining("500");
      assertThat(alone.retryAfter().orElseThrow()).isBetween(Duration.ZERO, Duration.ofSeconds(5));
      assertThat(server.questions()).hasSize(3);
      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .until(() -> !llm.consult(question("x")).text().isEmpty());
      assertThat(server.questions()).hasSize(4);
      assertThat(llm.consult(question("x")).text()).isEqualTo("answer to x");
    }
  }

  @Test
  void a_server_that_is_still_away_after_the_pause_is_left_alone_again() {
    server.trouble(LlmTrouble.status(500), 3);
    try (Llm llm =
        start("llm.retries", "0", "llm.breaker.failures", "2", "llm.breaker.pause", "5s")) {
      away(llm);
      away(llm);
      await().atMost(Duration.ofSeconds(20)).until(() -> away(llm).retryAfter().isEmpty());
      assertThat(away(llm)).hasMessageContaining("left alone");
      assertThat(server.questions()).hasSize(3);
    }
  }

  @Test
  void failures_between_answers_are_not_in_a_row() throws Exception {
    try (Llm llm =
        start("llm.retries", "0", "llm.breaker.failures", "2", "llm.breaker.pause", "1h")) {
      for (int i = 0; i < 3; i++) {
        server.trouble(LlmTrouble.status(500), 1);
        assertThat(away(llm)).hasMessageContaining("cannot answer now");
        llm.consult(question("x"));
      }
    }
  }

  @Test
  void answers_and_their_tokens_are_measured() throws Exception {
    server.trouble(LlmTrouble.withoutUsage(), 1);
    try (Llm llm = start()) {
      llm.consult(question("x"));
      LlmAnswer answer = llm.consult(question("x"));
      assertThat(tokens(llm, "prompt")).isEqualTo(answer.promptTokens().orElseThrow());
      assertThat(tokens(llm, "answer")).isEqualTo(answer.answerTokens().orElseThrow());
      assertThat(llm.meters().get("summary.duration").tag("stage", "llm").timer().count())
          .isEqualTo(2);
    }
  }

  private static double tokens(Llm llm, String kind) {
    return llm.meters().get("llm.tokens").tag("kind", kind).counter().count();
  }
}
