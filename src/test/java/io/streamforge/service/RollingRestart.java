package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.service.RoamingWatcher.Seen;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Clients at work while processes are restarted in turn, and what has to hold of what they saw. */
final class RollingRestart implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String BOUNDED =
      """
      {"symbol": "BTCUSDT", "type": "api", "time_range": "2024-01-01:2024-01-01"}""";

  private final long seed = System.nanoTime();
  private final Vertx vertx = Vertx.vertx();
  private final Entrance entrance;
  private final List<ServiceProcess> processes;
  private final List<RoamingWatcher> watchers;
  private final List<CompletableFuture<Void>> clients;
  private final Collection<String> queues = new ConcurrentLinkedQueue<>();
  private final Collection<String> stopped = new ConcurrentLinkedQueue<>();
  private final List<Long> ended = new ArrayList<>();
  private final List<Long> taken = new ArrayList<>();
  private final List<Long> back = new ArrayList<>();
  private volatile boolean over;

  /**
   * @param pauseMillis how long a client waits between two requests, at most
   * @param looks how often it looks at each queue that it has started
   */
  RollingRestart(
      Entrance entrance,
      List<ServiceProcess> processes,
      int clientCount,
      int pauseMillis,
      int looks) {
    System.out.println("rolling restart: seed " + seed);
    this.entrance = entrance;
    this.processes = processes;
    watchers =
        IntStream.range(0, clientCount).mapToObj(i -> new RoamingWatcher(vertx, entrance)).toList();
    await()
        .atMost(PATIENCE)
        .until(() -> watchers.stream().allMatch(one -> one.connections.get() == 1));
    clients =
        IntStream.range(0, clientCount)
            .mapToObj(
                i ->
                    CompletableFuture.runAsync(
                        () -> work(new Random(seed + i), pauseMillis, looks),
                        command -> new Thread(command, "client-" + i).start()))
            .toList();
    // Whoever was told nothing yet has nothing to go on from.
    await().atMost(PATIENCE).until(() -> watchers.stream().allMatch(one -> one.updates() > 0));
  }

  private void work(Random random, int pauseMillis, int looks) {
    ServiceProcess.pause(random.nextInt(pauseMillis));
    while (!over) {
      boolean endless = random.nextInt(3) == 0;
      String body = endless ? KillCampaign.ENDLESS.formatted("BTCUSDT") : BOUNDED;
      String id =
          entrance
              .post("/queues/start", body, UUID.randomUUID().toString())
              .at("/data/queue_id")
              .asText();
      queues.add(id);
      for (int look = 0; look < looks && !over; look++) {
        ServiceProcess.pause(pauseMillis / 2 + random.nextInt(pauseMillis / 2));
        boolean list = random.nextBoolean();
        JsonNode answer = entrance.get(list ? "/queues?limit=20" : "/queues/" + id);
        assertThat(answer.path("status").asText()).isEqualTo("success");
      }
      if (endless) {
        entrance.post("/queues/stop?queue_id=" + id, "", "");
        stopped.add(id);
      }
    }
  }

  /** Restarts one of them as an operator does; returns when it is ready. */
  void restart(ServiceProcess victim) {
    boolean led = victim.leads();
    ServiceProcess other =
        processes.stream().filter(one -> !one.equals(victim)).findFirst().orElseThrow();
    CompletableFuture<Long> takeOver =
        led
            ? CompletableFuture.supplyAsync(() -> awaitLead(other))
            : CompletableFuture.completedFuture(-1L);
    ended.add(victim.terminate().toMillis());
    victim.start();
    back.add(victim.awaitReady().toMillis());
    if (led) {
      taken.add(takeOver.join());
    }
  }

  private static long awaitLead(ServiceProcess next) {
    long begun = System.nanoTime();
    await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20)).until(next::leads);
    return (System.nanoTime() - begun) / 1_000_000;
  }

  /** Whether the clients still work; fails with what went wrong with one of them. */
  void requireWork() {
    clients.stream().filter(CompletableFuture::isDone).forEach(CompletableFuture::join);
  }

  /** Ends the work, and holds what each client saw against what is stored. */
  void audit() {
    over = true;
    clients.forEach(CompletableFuture::join);
    for (String id : queues) {
      if (!stopped.contains(id) && !isClosed(id)) {
        entrance.post("/queues/stop?queue_id=" + id, "", "");
      }
    }
    AtomicInteger changes = new AtomicInteger();
    for (String id : queues) {
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(100))
          .untilAsserted(() -> changes.addAndGet(audit(id)));
    }
    print(changes.get());
    assertThat(queues).isNotEmpty();
    assertThat(taken).as("milliseconds until another one led").allMatch(millis -> millis < 15_000);
    assertThat(watchers).as("clients that were told of a gap").allMatch(one -> one.gaps() == 0);
    assertThat(closeCodes()).as("why clients were cut off").containsOnlyKeys(1001);
  }

  /** Fails unless a queue has come to its end and all clients saw the same of it. */
  private int audit(String id) {
    assertThat(isClosed(id)).as("closed: " + id).isTrue();
    JsonNode queue = entrance.get("/queues/" + id).path("data");
    Seen stored = new Seen(statuses(id), queue.path("version").asLong());
    assertThat(watchers)
        .as("what clients saw of " + id)
        .extracting(watcher -> watcher.seen(id))
        .containsOnly(stored);
    return stored.statuses().split(" ", -1).length;
  }

  private boolean isClosed(String id) {
    return Ledger.isClosed(entrance.get("/queues/" + id).path("data"));
  }

  private String statuses(String id) {
    List<String> statuses = new ArrayList<>();
    for (JsonNode event : entrance.get("/queues/" + id + "/events").at("/data/events")) {
      if (event.path("step").isNull() && !event.path("to").isNull()) {
        statuses.add(event.path("to").asText());
      }
    }
    return String.join(" ", statuses);
  }

  private Map<Integer, Long> closeCodes() {
    return watchers.stream()
        .flatMap(one -> one.closeCodes.stream())
        .collect(Collectors.groupingBy(code -> code, TreeMap::new, Collectors.counting()));
  }

  private void print(int changes) {
    System.out.printf(
        "rolling restart: %d restarts under %d clients; %d requests, 0 failed, repeated %s, the"
            + " longest took %d ms; %d queues with %d changes of status, seen by each client; %d"
            + " updates, reconnects by close code %s, %d of them refused at first, longest without"
            + " a connection %d ms; ended after %s ms, ready again after %s ms, led by the other"
            + " after %s ms; seed %d%n",
        ended.size(),
        watchers.size(),
        entrance.requests.get(),
        entrance.repeated,
        entrance.longestMillis.get(),
        queues.size(),
        changes,
        watchers.stream().mapToInt(RoamingWatcher::updates).sum(),
        closeCodes(),
        watchers.stream().mapToInt(one -> one.refusals.get()).sum(),
        watchers.stream().mapToLong(RoamingWatcher::longestGapMillis).max().orElse(0),
        ended,
        back,
        taken,
        seed);
  }

  @Override
  public void close() {
    over = true;
    watchers.forEach(RoamingWatcher::close);
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
