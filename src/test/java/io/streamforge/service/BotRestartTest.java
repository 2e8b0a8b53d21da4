package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.playground.MattermostVersion;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The service is restarted while people ask: what was written meanwhile is answered too. */
class BotRestartTest {
  @TempDir Path directory;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void commands_that_are_written_during_a_restart_are_answered_once() {
    restartAmidRequests(MattermostVersion.V6_7, 1);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("endurance")
  void commands_that_are_written_during_many_restarts_are_answered_once(MattermostVersion version) {
    restartAmidRequests(version, 10);
  }

  private void restartAmidRequests(MattermostVersion version, int times) {
    System.out.println("the bot is restarted: seed " + seed);
    try (BotCrowd crowd = new BotCrowd(version, 8, random)) {
      Map<String, String> settings = new HashMap<>(crowd.settings());
      settings.put("DATA_DIR", directory.resolve("data").toString());
      int away = 0;
      for (int time = 0; time < times; time++) {
        try (RunningService service = RunningService.start(settings)) {
          ask(crowd, 5);
          assertThat(service.get("/health/live").statusCode()).isEqualTo(200);
        }
        int before = crowd.asked();
        ask(crowd, 5);
        away += crowd.asked() - before;
      }
      try (RunningService service = RunningService.start(settings)) {
        BotCrowd.Outcome outcome = crowd.audit(path -> service.get(path).body());
        System.out.printf(
            "the bot is restarted, Mattermost %s: %d restarts, %d commands meanwhile; %s, seed"
                + " %d%n",
            version, times, away, outcome, seed);
      }
    }
  }

  private void ask(BotCrowd crowd, int requests) {
    for (int number = 0; number < requests; number++) {
      crowd.ask();
      ServiceProcess.pause(random.nextInt(100));
    }
  }
}
