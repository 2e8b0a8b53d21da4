package io.streamforge.service;

import static org.awaitility.Awaitility.await;

import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.playground.MattermostVersion;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Two processes on one directory, of which one hears commands and both answer, and now the one, now
 * the other is killed: whoever asks gets one answer.
 */
class BotTwoProcessesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path directory;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private Duration longestRecovery = Duration.ZERO;

  @ParameterizedTest
  @EnumSource(names = "V5_0")
  void either_can_be_killed_amid_requests_and_each_is_answered_once(MattermostVersion version) {
    killEach(version, 1, 8);
  }

  @ParameterizedTest
  @EnumSource(names = {"V5_0", "V6_7"})
  @Tag("endurance")
  void each_can_be_killed_five_times_amid_requests_and_each_is_answered_once(
      MattermostVersion version) {
    killEach(version, 5, 20);
  }

  private void killEach(MattermostVersion version, int times, int requests) {
    System.out.println("the bot in two processes: seed " + seed);
    try (BotCrowd crowd = new BotCrowd(version, 20, random)) {
      Map<String, String> settings = new HashMap<>(crowd.settings());
      settings.put("DATA_DIR", directory.resolve("data").toString());
      settings.put("KAFKA_BOOTSTRAP_SERVERS", TestBroker.bootstrapServers());
      settings.put("QUEUE_CONTROL_TOPIC", TestBroker.uniqueName("queue-control"));
      settings.put("QUEUE_EVENTS_TOPIC", TestBroker.uniqueName("queue-events"));
      try (ServiceProcess one = ServiceProcess.start("one", directory, settings);
          ServiceProcess other = ServiceProcess.start("other", directory, settings)) {
        try {
          one.awaitReady();
          other.awaitReady();
          await().atMost(PATIENCE).until(() -> crowd.mattermost.listening() == 1);
          crowd.slowDown();
          for (int time = 0; time < times; time++) {
            killAmidRequests(crowd, requests, one);
            killAmidRequests(crowd, requests, other);
          }
          BotCrowd.Outcome outcome = crowd.audit(path -> get(path, List.of(one, other)));
          System.out.printf(
              "kill -9 of one of two with the bot, Mattermost %s: %d kills, %s, longest recovery"
                  + " %d ms, seed %d%n",
              version, 2 * times, outcome, longestRecovery.toMillis(), seed);
        } catch (Throwable failure) {
          one.printOutput();
          other.printOutput();
          System.out.println("the bot in two processes failed with seed " + seed);
          throw failure;
        }
      }
    }
  }

  /** The victim dies in the middle of the requests, and comes back amid others. */
  private void killAmidRequests(BotCrowd crowd, int requests, ServiceProcess victim) {
    int killAt = 1 + random.nextInt(requests / 2);
    for (int number = 0; number < requests; number++) {
      crowd.ask();
      if (number == killAt) {
        // The moments between the placeholder, the question, its answer and the post.
        ServiceProcess.pause(random.nextInt(500));
        victim.kill();
      }
      if (number == requests / 2) {
        victim.start();
      }
      ServiceProcess.pause(random.nextInt(50));
    }
    Duration recovery = victim.awaitReady();
    longestRecovery = recovery.compareTo(longestRecovery) > 0 ? recovery : longestRecovery;
  }

  private static String get(String path, List<ServiceProcess> processes) {
    for (ServiceProcess process : processes) {
      try {
        return process.get(path).body();
      } catch (UncheckedIOException busy) {
        // The other one knows as much.
      }
    }
    return "{}";
  }
}
