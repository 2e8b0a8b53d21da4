package io.streamforge.camel.mattermost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.playground.MattermostVersion;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What it costs to hear what others say to each other. */
@Tag("benchmark")
class ChatterBenchmark {
  private static final int POSTS = 10_000;

  @Test
  void an_event_costs_well_under_half_a_millisecond() throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V6_7);
        MattermostRoutes process = scene.process("catch.up.period", "1h")) {
      await().until(() -> process.account().listening() && scene.position() > 0);
      for (int round = 1; round <= 3; round++) {
        int expected = round * POSTS;
        long before = cpuNanos();
        for (int i = 0; i < POSTS; i++) {
          scene.server.post(scene.alice, scene.channel, "What do you think of this? " + i);
        }
        await().atMost(Duration.ofMinutes(2)).until(() -> process.heard().size() >= expected);
        double each = (cpuNanos() - before) / 1000.0 / POSTS;
        System.out.printf("chatter, round %d: %.0f us of CPU an event%n", round, each);
        assertThat(each).isLessThan(500);
      }
    }
  }

  /** Of the threads that read the line and those that run the route. */
  private static long cpuNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long nanos = 0;
    for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
      if (thread != null && thread.getThreadName().matches("HttpClient-.*|.*mattermost-events.*")) {
        nanos += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
      }
    }
    return nanos;
  }
}
