package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.playground.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Kills a service with its embedded broker in the middle of all it does, and audits what is left.
 */
final class KillCampaign {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /** A loader that runs until it is stopped, of a symbol. */
  static final String ENDLESS =
      """
      {"symbol": "%s", "type": "ws", "time_range": "2024-01-01:2024-01-01"}""";

  /** A loader and a connector that is drained, of a symbol. */
  static final String DRAINED =
      """
      {"symbol": "%s", "time_range": "2024-01-01:2024-01-02", "requests": [
        {"target": "loader-producer", "type": "api_candles_5m"},
        {"target": "arango-connector", "type": "api_candles_5m"}]}""";

  /** What a phase has done so far, and which status each of its queues must end in. */
  private static final class Phase {
    private final String name;
    private final Map<String, String> ends = new LinkedHashMap<>();
    private final Map<String, Integer> deathsBefore = new HashMap<>();
    private int kills;
    private Duration longestRecovery = Duration.ZERO;

    Phase(String name) {
      this.name = name;
    }
  }

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);
  private final ServiceProcess service;
  private final String bootstrapServers;
  private int deaths;

  private KillCampaign(ServiceProcess service, String bootstrapServers) {
    this.service = service;
    this.bootstrapServers = bootstrapServers;
  }

  /** Kills so often in a start, in a stop, in a drain, and amid so many telemetry messages. */
  static void run(Path directory, int kills, int messages) {
    int kafkaPort = FreePorts.find();
    Map<String, String> settings =
        Map.of(
            "DATA_DIR", directory.resolve("data").toString(),
            "EMBEDDED_KAFKA_PORT", Integer.toString(kafkaPort),
            "KAFKA_SESSION_TIMEOUT", "3s",
            "KAFKA_HEARTBEAT_PERIOD", "1s",
            "LOCAL_LEASE", "6s",
            // A kill takes none of it, the end of the campaign does.
            "HTTP_DRAIN", "1s",
            // What the queues of all rounds make together must fit into a turn.
            "LOCAL_RECORDS_PER_SECOND", "2000");
    try (ServiceProcess service = ServiceProcess.start("service", directory, settings)) {
      KillCampaign campaign = new KillCampaign(service, "127.0.0.1:" + kafkaPort);
      System.out.println("kill test: seed " + campaign.seed);
      try {
        service.awaitReady();
        campaign.run(kills, messages);
        campaign.endInOrder(directory.resolve("data/kafka"));
      } catch (Throwable failure) {
        service.printOutput();
        System.out.println("kill test failed with seed " + campaign.seed);
        throw failure;
      }
    }
  }

  private void run(int kills, int messages) {
    List<Phase> phases =
        List.of(new Phase("start"), new Phase("stop"), new Phase("drain"), new Phase("telemetry"));
    for (int kill = 0; kill < kills; kill++) {
      killInStart(phases.get(0));
      killInStop(phases.get(1));
      killInDrain(phases.get(2));
    }
    killAmidTelemetry(phases.get(3), kills, messages);
    phases.forEach(this::awaitEnds);
    Ledger ledger = Ledger.read(bootstrapServers);
    assertThat(ledger.marks())
        .as("the messages that the broker has acknowledged, and how many differ")
        .isEqualTo(List.of(messages, messages));
    phases.forEach(phase -> audit(phase, ledger));
  }

  /** After SIGTERM what is under way is answered, and the broker has nothing to recover. */
  private void endInOrder(Path kafka) {
    String id = start(ENDLESS.formatted(symbol() + "USDT"), UUID.randomUUID().toString());
    awaitAtWork(id);
    CompletableFuture<Integer> stop =
        inBackground(() -> service.post("/queues/stop?wait=5&queue_id=" + id, "", "").statusCode());
    await()
        .pollInterval(Duration.ofMillis(5))
        .until(() -> service.queue(id).path("status").asText().equals("stopping"));

    Duration taken = service.terminate();

    assertThat(stop.join()).as("the answer to a request under way").isEqualTo(200);
    assertThat(kafka.resolve(".kafka_cleanshutdown")).exists();
    System.out.println("SIGTERM: ended in order after " + taken.toMillis() + " ms");
  }

  private void killInStart(Phase phase) {
    String symbol = symbol();
    List<String> keys = Stream.generate(() -> UUID.randomUUID().toString()).limit(3).toList();
    String body =
        RunningService.request("historical-pipeline")
            .replace("BTCUSDT", symbol + "USDT")
            .replace("btc_", symbol.toLowerCase(Locale.ROOT) + "_");
    int before = deaths;
    List<CompletableFuture<String>> ids =
        keys.stream().map(key -> inBackground(() -> start(body, key))).toList();
    // Most of a start is over in an instant, the launch of its workers takes a second.
    killWithin(phase, random.nextBoolean() ? 100 : 2500);
    for (CompletableFuture<String> id : ids) {
      expect(phase, id.join(), "finished", before);
    }
    JsonNode listed =
        RunningService.json(service.get("/queues?symbol=" + symbol + "USDT")).path("data");
    assertThat(listed).as("one queue for each key").hasSize(keys.size());
  }

  private void killInStop(Phase phase) {
    int before = deaths;
    List<String> ids = new ArrayList<>();
    for (int queue = 0; queue < 4; queue++) {
      ids.add(start(ENDLESS.formatted(symbol() + "USDT"), UUID.randomUUID().toString()));
    }
    ids.add(start(RunningService.request("realtime-pipeline"), UUID.randomUUID().toString()));
    ids.forEach(id -> awaitAtWork(id));
    List<CompletableFuture<String>> stops =
        ids.stream().map(id -> inBackground(() -> stop(id))).toList();
    killWithin(phase, random.nextBoolean() ? 100 : 3500);
    stops.forEach(CompletableFuture::join);
    ids.forEach(id -> expect(phase, id, "stopped", before));
  }

  private void killInDrain(Phase phase) {
    int before = deaths;
    List<String> ids = new ArrayList<>();
    for (int queue = 0; queue < 4; queue++) {
      ids.add(start(DRAINED.formatted(symbol() + "USDT"), UUID.randomUUID().toString()));
    }
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> ids.stream().anyMatch(id -> stepStatus(id, 0).equals("finished")));
    killWithin(phase, 3500);
    ids.forEach(id -> expect(phase, id, "finished", before));
  }

  private void killAmidTelemetry(Phase phase, int kills, int messages) {
    int before = deaths;
    int queues = random.nextBoolean() ? 3 : 30;
    List<String> ids =
        IntStream.range(0, queues)
            .mapToObj(
                i -> start(ENDLESS.formatted(symbol() + "USDT"), UUID.randomUUID().toString()))
            .toList();
    TelemetrySender sender =
        new TelemetrySender(bootstrapServers, ids, messages, new Random(random.nextLong()));
    int[] moments = random.ints(kills, 0, messages).sorted().toArray();
    for (int moment : moments) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> sender.acknowledged() >= moment);
      killWithin(phase, 1500);
    }
    sender.join();
    ids.forEach(this::stop);
    ids.forEach(id -> expect(phase, id, "stopped", before));
  }

  /** A symbol that no other queue of the campaign has. */
  private String symbol() {
    return "X" + Integer.toString(random.nextInt(1_000_000_000), 36).toUpperCase(Locale.ROOT) + "A";
  }

  private static <T> CompletableFuture<T> inBackground(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, command -> new Thread(command).start());
  }

  private String start(String body, String key) {
    return service.insist("/queues/start", body, key).path("queue_id").asText();
  }

  private String stop(String id) {
    return service.insist("/queues/stop?queue_id=" + id, "", "").path("state").asText();
  }

  private void expect(Phase phase, String id, String end, int deathsBefore) {
    phase.ends.put(id, end);
    phase.deathsBefore.put(id, deathsBefore);
  }

  private String stepStatus(String id, int step) {
    return service.queue(id).path("steps").path(step).path("status").asText();
  }

  private void awaitAtWork(String id) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () ->
                StreamSupport.stream(service.queue(id).path("steps").spliterator(), false)
                    .allMatch(step -> step.path("status").asText().equals("loading")));
  }

  private void killWithin(Phase phase, int millis) {
    ServiceProcess.pause(random.nextInt(millis));
    service.kill();
    deaths++;
    phase.kills++;
    service.start();
    Duration recovery = service.awaitReady();
    if (recovery.compareTo(phase.longestRecovery) > 0) {
      phase.longestRecovery = recovery;
    }
  }

  private void awaitEnds(Phase phase) {
    phase.ends.forEach(
        (id, end) -> {
          await()
              .atMost(PATIENCE)
              .pollInterval(Duration.ofMillis(200))
              .untilAsserted(
                  () ->
                      assertThat(Ledger.isClosed(service.queue(id)))
                          .as(() -> phase.name + ": " + service.queue(id).toPrettyString())
                          .isTrue());
          assertThat(service.queue(id).path("status").asText())
              .as(() -> phase.name + ": " + service.queue(id).toPrettyString())
              .isEqualTo(end);
        });
  }

  private void audit(Phase phase, Ledger ledger) {
    int repeatedTurns = service.repeatedTurns();
    int sent = 0;
    int counted = 0;
    int repeated = 0;
    for (String id : phase.ends.keySet()) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  service.queue(id).path("telemetry_messages").asInt()
                      >= ledger.messages(service.queue(id)));
      JsonNode queue = service.queue(id);
      ledger.audit(queue, deaths - phase.deathsBefore.getOrDefault(id, 0), repeatedTurns);
      sent += ledger.messages(queue);
      counted += queue.path("telemetry_messages").asInt();
      repeated += ledger.repeated(queue);
    }
    System.out.printf(
        "kill -9 in %s: %d kills, %d queues, %d messages sent, %d counted, %d duplicates,"
            + " %d data records written again, longest recovery %d ms, seed %d%n",
        phase.name,
        phase.kills,
        phase.ends.size(),
        sent,
        counted,
        counted - sent,
        repeated,
        phase.longestRecovery.toMillis(),
        seed);
  }
}
