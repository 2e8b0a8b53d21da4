package io.streamforge.launchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.queues.DataNames;
import io.streamforge.queues.JobPhase;
import io.streamforge.queues.JobSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes with one store, killed by turns: nothing is lost, nothing ended runs again. */
@Tag("endurance")
class LocalLauncherKillTest {
  private static final String TYPE = "api_candles_5m";
  private static final long RECORDS = 30 * 288;
  private static final int KILLS = 8;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @Test
  void every_record_is_made_and_counted_once_though_processes_are_killed() throws Exception {
    String broker = TestBroker.bootstrapServers();
    Random random = new Random(7);
    Jobs jobs = new Jobs("2024-06-01:2024-06-30");
    JobSpec connector = jobs.connector(2, TYPE);
    JobSpec loader = jobs.loader(1, TYPE, false);
    LauncherProcess first = LauncherProcess.start(folder, broker);
    LauncherProcess second = LauncherProcess.start(folder, broker);
    try {
      try (Launcher asking = LauncherProcess.open(folder, broker)) {
        asking.freeze();
        asking.launch(List.of(connector));
        awaitPhase(asking, connector, JobPhase.RUNNING);
        asking.launch(List.of(loader));
      }
      for (int kill = 0; kill < KILLS; kill++) {
        long moment = System.nanoTime() + Duration.ofMillis(500 + random.nextInt(4000)).toNanos();
        await().atMost(Duration.ofSeconds(10)).until(() -> System.nanoTime() > moment);
        if (kill % 2 == 0) {
          first.kill();
          first = LauncherProcess.start(folder, broker);
        } else {
          second.kill();
          second = LauncherProcess.start(folder, broker);
        }
      }
      try (Launcher asking = LauncherProcess.open(folder, broker)) {
        awaitPhase(asking, loader, JobPhase.COMPLETE);
        await().atMost(Duration.ofSeconds(20)).until(() -> counted(jobs) == RECORDS);
        assertThat(asking.inspect(loader.job()).attempts()).isGreaterThan(1);
      }
    } finally {
      first.kill();
      second.kill();
    }
    List<JsonNode> records = Topic.read(DataNames.topic(jobs.queueId, TYPE));
    assertThat(records.stream().distinct().count()).isEqualTo(RECORDS);
    assertThat(records.stream().map(record -> record.get("number").asLong()).distinct().count())
        .isEqualTo(RECORDS);
    List<String> words = words(jobs);
    assertThat(words.subList(words.indexOf("finished"), words.size())).containsOnly("finished");
  }

  private static void awaitPhase(Launcher launcher, JobSpec job, JobPhase phase) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> launcher.inspect(job.job()).phase() == phase);
  }

  private static long counted(Jobs jobs) {
    return Topic.telemetry(jobs.queueId).stream()
        .filter(message -> message.get("producer").asText().startsWith("arango-connector"))
        .mapToLong(message -> message.get("records_written").asLong())
        .max()
        .orElse(-1);
  }

  private static List<String> words(Jobs jobs) {
    return Topic.telemetry(jobs.queueId).stream()
        .filter(message -> message.get("producer").asText().startsWith("loader-producer"))
        .map(message -> message.get("status").asText())
        .toList();
  }
}
