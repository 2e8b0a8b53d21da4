package io.streamforge.service;

import io.streamforge.playground.LlmTrouble;
import io.streamforge.playground.MattermostFault;
import io.streamforge.playground.MattermostVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Mattermost and the model refuse, hang, answer late, break off, and are restarted while many
 * people ask: each gets one answer or one apology.
 */
class BotFaultTest {
  private static final List<String> FAULTS =
      List.of(
          "mattermost refuses",
          "mattermost hangs",
          "mattermost answers late",
          "mattermost is late",
          "mattermost breaks off",
          "mattermost cannot",
          "mattermost limits",
          "mattermost restarts",
          "mattermost cuts its lines",
          "model hangs",
          "model breaks off",
          "model cannot",
          "model limits",
          "model restarts");

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final Map<String, Integer> faults = new TreeMap<>();

  @ParameterizedTest
  @EnumSource(names = {"V5_0", "V6_7"})
  void faults_amid_requests_lose_none_and_answer_none_twice(MattermostVersion version) {
    askAmidFaults(version, 40, 8);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("endurance")
  void faults_amid_two_hundred_requests_lose_none_and_answer_none_twice(MattermostVersion version) {
    askAmidFaults(version, 200, 20);
  }

  private void askAmidFaults(MattermostVersion version, int requests, int channels) {
    System.out.println("the bot amid faults: seed " + seed);
    try (BotCrowd crowd = new BotCrowd(version, channels, random)) {
      Map<String, String> settings = new HashMap<>(crowd.settings());
      settings.put("SUMMARY_PATIENCE", "8s");
      try (RunningService service = RunningService.start(settings)) {
        while (crowd.asked() < requests) {
          crowd.ask();
          ServiceProcess.pause(random.nextInt(200));
          if (random.nextInt(3) == 0) {
            suffer(crowd, FAULTS.get(random.nextInt(FAULTS.size())));
          }
        }
        crowd.mattermost.heal();
        crowd.model.heal();
        BotCrowd.Outcome outcome = crowd.audit(path -> service.get(path).body());
        System.out.printf(
            "the bot amid faults, Mattermost %s: %s; %s, seed %d%n",
            version, outcome, faults, seed);
      }
    }
  }

  private void suffer(BotCrowd crowd, String fault) {
    faults.merge(fault, 1, Integer::sum);
    int times = 1 + random.nextInt(3);
    int pause = random.nextInt(1500);
    Duration wait = Duration.ofMillis(200 + random.nextInt(1500));
    switch (fault) {
      case "mattermost refuses" -> fail(crowd, MattermostFault.Kind.REFUSE, times);
      case "mattermost hangs" -> fail(crowd, MattermostFault.Kind.HANG, times);
      case "mattermost answers late" ->
          crowd.mattermost.fail(some(MattermostFault.slow(wait)), times);
      case "mattermost is late" -> crowd.mattermost.fail(some(MattermostFault.late(wait)), times);
      case "mattermost breaks off" -> fail(crowd, MattermostFault.Kind.CUT, times);
      case "mattermost cannot" -> crowd.mattermost.fail(some(MattermostFault.status(502)), times);
      case "mattermost limits" ->
          crowd.mattermost.fail(some(MattermostFault.limited(Duration.ofSeconds(1))), times);
      case "mattermost restarts" -> {
        crowd.mattermost.stop();
        ServiceProcess.pause(pause);
        crowd.mattermost.start();
      }
      case "mattermost cuts its lines" -> crowd.mattermost.cutWebSockets();
      case "model hangs" -> crowd.model.trouble(LlmTrouble.hang(), times);
      case "model breaks off" -> crowd.model.trouble(LlmTrouble.cutAfter(random.nextInt(5)), times);
      case "model cannot" -> crowd.model.trouble(LlmTrouble.status(503), times);
      case "model limits" -> crowd.model.trouble(LlmTrouble.status(429, "1"), times);
      case "model restarts" -> {
        crowd.model.stop();
        ServiceProcess.pause(pause);
        crowd.model.start();
      }
      default -> throw new IllegalArgumentException(fault);
    }
  }

  private void fail(BotCrowd crowd, MattermostFault.Kind kind, int times) {
    crowd.mattermost.fail(some(MattermostFault.of(kind)), times);
  }

  /** Writes are what a fault can do twice: it concerns them more often than the rest. */
  private MattermostFault some(MattermostFault fault) {
    return random.nextBoolean() ? fault : fault.on("posts|posts/[a-z0-9]+(/patch)?");
  }
}
