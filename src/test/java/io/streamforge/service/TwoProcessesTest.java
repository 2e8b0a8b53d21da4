package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.kafka.BrokerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes on one directory and one broker, of which now the one, now the other is killed. */
class TwoProcessesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path directory;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final List<String> finished = new CopyOnWriteArrayList<>();
  private final List<String> stopped = new CopyOnWriteArrayList<>();
  private Duration longestRecovery = Duration.ZERO;

  @Test
  void either_can_be_killed_and_all_who_watch_see_every_status() throws Exception {
    killEach(1);
  }

  @Test
  @Tag("endurance")
  void each_can_be_killed_five_times_and_all_who_watch_see_every_status() throws Exception {
    killEach(5);
  }

  private void killEach(int times) throws IOException {
    System.out.println("two processes: seed " + seed);
    try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"), 0)) {
      Map<String, String> settings =
          Map.of(
              "DATA_DIR", directory.resolve("data").toString(),
              "KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(),
              "KAFKA_SESSION_TIMEOUT", "3s",
              "KAFKA_HEARTBEAT_PERIOD", "1s",
              "LOCAL_LEASE", "6s");
      try (ServiceProcess one = ServiceProcess.start("one", directory, settings);
          ServiceProcess other = ServiceProcess.start("other", directory, settings)) {
        try {
          one.awaitReady();
          other.awaitReady();
          killEach(times, one, other, broker.bootstrapServers());
        } catch (Throwable failure) {
          one.printOutput();
          other.printOutput();
          System.out.println("two processes failed with seed " + seed);
          throw failure;
        }
      }
    }
  }

  private void killEach(
      int times, ServiceProcess one, ServiceProcess other, String bootstrapServers) {
    try (LastingWatcher ofOne = LastingWatcher.connect(one.port());
        LastingWatcher ofOther = LastingWatcher.connect(other.port())) {
      // Whoever was told nothing yet has nothing to go on from.
      finished.add(start(one, KillCampaign.DRAINED));
      await().atMost(PATIENCE).until(() -> ofOne.size() > 0 && ofOther.size() > 0);
      for (int time = 0; time < times; time++) {
        killAmidWork(one, ofOne, other);
        killAmidWork(other, ofOther, one);
      }
      List<String> all = new ArrayList<>(finished);
      all.addAll(stopped);
      all.forEach(id -> awaitClosed(one, id));
      assertThat(finished).allMatch(id -> status(one, id).equals("finished"));
      assertThat(stopped).allMatch(id -> status(one, id).equals("stopped"));
      for (String id : all) {
        assertSeen(one, ofOne, id);
        assertSeen(other, ofOther, id);
      }
      audit(times, one, other, all, bootstrapServers, ofOne.size() + ofOther.size());
    }
  }

  /** Starts queues over both, stops some over the survivor, and kills the victim in between. */
  private void killAmidWork(
      ServiceProcess victim, LastingWatcher watcher, ServiceProcess survivor) {
    List<CompletableFuture<?>> work = new ArrayList<>();
    for (int pair = 0; pair < 2; pair++) {
      ServiceProcess starter = pair == 0 ? victim : survivor;
      work.add(inBackground(() -> finished.add(start(starter, KillCampaign.DRAINED))));
      int pause = random.nextInt(4000);
      work.add(
          inBackground(
              () -> {
                String id = start(starter, KillCampaign.ENDLESS);
                stopped.add(id);
                ServiceProcess.pause(pause);
                survivor.insist("/queues/stop?queue_id=" + id, "", "");
              }));
    }
    ServiceProcess.pause(random.nextInt(6000));
    victim.kill();
    ServiceProcess.pause(random.nextInt(3000));
    victim.start();
    Duration recovery = victim.awaitReady();
    longestRecovery = recovery.compareTo(longestRecovery) > 0 ? recovery : longestRecovery;
    watcher.reconnect();
    work.forEach(CompletableFuture::join);
  }

  private CompletableFuture<?> inBackground(Runnable task) {
    return CompletableFuture.runAsync(task, command -> new Thread(command).start());
  }

  private static String start(ServiceProcess service, String body) {
    return service
        .insist("/queues/start", body.formatted("BTCUSDT"), UUID.randomUUID().toString())
        .path("queue_id")
        .asText();
  }

  private static String status(ServiceProcess service, String id) {
    return service.queue(id).path("status").asText();
  }

  private static void awaitClosed(ServiceProcess service, String id) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () ->
                assertThat(Ledger.isClosed(service.queue(id)))
                    .as(() -> service.queue(id).toPrettyString())
                    .isTrue());
  }

  private static void assertSeen(ServiceProcess service, LastingWatcher watcher, String id) {
    List<String> statuses = new ArrayList<>();
    JsonNode history =
        RunningService.json(service.get("/queues/" + id + "/events")).path("data").path("events");
    for (JsonNode event : history) {
      if (event.path("step").isNull() && !event.path("to").isNull()) {
        statuses.add(event.path("to").asText());
      }
    }
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(watcher.statuses(id))
                  .as("what a client of %s saw of %s: %s", service.port(), id, history)
                  .containsExactlyElementsOf(statuses);
              assertThat(watcher.version(id))
                  .as("the version that a client saw last of " + id)
                  .isEqualTo(service.queue(id).path("version").asLong());
            });
  }

  private void audit(
      int times,
      ServiceProcess one,
      ServiceProcess other,
      List<String> all,
      String bootstrapServers,
      int updates) {
    Ledger ledger = Ledger.read(bootstrapServers);
    int sent = 0;
    int counted = 0;
    int repeated = 0;
    for (String id : all) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  one.queue(id).path("telemetry_messages").asInt()
                      >= ledger.messages(one.queue(id)));
      JsonNode queue = one.queue(id);
      ledger.audit(queue, 2 * times, one.repeatedTurns() + other.repeatedTurns());
      sent += ledger.messages(queue);
      counted += queue.path("telemetry_messages").asInt();
      repeated += ledger.repeated(queue);
    }
    System.out.printf(
        "kill -9 of one of two: %d kills, %d queues, %d messages sent, %d counted, %d duplicates,"
            + " %d data records written again, %d updates seen, longest recovery %d ms, seed %d%n",
        2 * times,
        all.size(),
        sent,
        counted,
        counted - sent,
        repeated,
        updates,
        longestRecovery.toMillis(),
        seed);
  }
}
