package io.streamforge.camel.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoundRobinExecutorTest {
  private final RoundRobinExecutor executor = new RoundRobinExecutor("test", 1);
  private final List<String> done = new CopyOnWriteArrayList<>();
  private final CountDownLatch door = new CountDownLatch(1);

  @AfterEach
  void end() {
    executor.shutdownNow();
  }

  @Test
  void whoever_submits_little_does_not_wait_for_all_of_whoever_submits_much() throws Exception {
    executor.execute(this::await);
    submit("a", 5);
    submit("b", 2);
    door.countDown();
    executor.shutdown();
    assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(done).containsExactly("a1", "b1", "a2", "b2", "a3", "a4", "a5");
  }

  @Test
  void a_task_that_fails_takes_none_of_the_others_with_it() throws Exception {
    var failure =
        executor.submit(
            () -> {
              throw new IllegalStateException("fault");
            });
    submit("a", 2);
    executor.shutdown();
    assertThat(executor.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    assertThat(failure).isDone();
    assertThat(done).containsExactly("a1", "a2");
  }

  private void submit(String name, int tasks) throws InterruptedException {
    Thread submitter =
        new Thread(
            () -> {
              for (int at = 1; at <= tasks; at++) {
                String task = name + at;
                executor.execute(() -> done.add(task));
              }
            });
    submitter.start();
    submitter.join();
  }

  private void await() {
    try {
      door.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
