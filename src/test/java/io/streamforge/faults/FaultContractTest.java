package io.streamforge.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.service.LastingWatcher;
import io.streamforge.service.Ledger;
import io.streamforge.service.LogLines;
import io.streamforge.service.RunningService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What holds whichever peer is away: the service is up, says what is missing, refuses only what it
 * cannot do, loses nothing, and goes on by itself. Each peer has a class that extends this one.
 */
abstract class FaultContractTest {
  private static final Duration RECOVERY = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final List<Fault> FAULTS =
      List.of(Fault.REFUSE, Fault.HANG, Fault.SLOW, Fault.DROP);

  private static final String LONG_PIPELINE =
      """
      {"symbol": "%s", "time_range": "2024-06-01:2024-06-30", "requests": [
        {"target": "loader-producer", "type": "api_candles_5m"},
        {"target": "arango-connector", "type": "api_candles_5m"}]}\
      """;
  private static final String SHORT_LOADER =
      """
      {"symbol": "%s", "type": "api_candles_5m", "time_range": "2024-01-01:2024-01-01"}\
      """;
  private static final String ENDLESS =
      """
      {"symbol": "%s", "type": "ws", "time_range": "2024-01-01:2024-01-01"}\
      """;

  /** Stands before the peer. */
  protected final FaultProxy proxy = new FaultProxy();

  /** What {@code /health/ready} calls the peer. */
  protected abstract String peer();

  /** The settings of a service that reaches the peer through the proxy, and the rest as it is. */
  protected abstract Map<String, String> settings();

  /** Where the topics are, which are named as by default, when nothing is wrong. */
  protected abstract String bootstrapServers();

  /** Whether queues can be listed, started and stopped without the peer. */
  protected abstract boolean queuesGoOnWithoutIt();

  /** What else is to be seen of the service while the peer is away. */
  protected void checkWhileAway(RunningService service) {}

  @Test
  void a_service_that_starts_while_it_is_away_does_what_it_can_and_goes_on_by_itself() {
    Map<String, String> settings = quick(Duration.ofSeconds(3));
    proxy.set(Fault.REFUSE);
    try (RunningService service = RunningService.startAnyway(settings)) {
      awaitMissing(service);
      assertThat(service.get("/health/live").statusCode()).isEqualTo(200);
      assertThat(service.get("/health/startup").statusCode()).isEqualTo(200);
      JsonNode shown = dependency(service);
      assertThat(shown.path("connected").asBoolean()).isFalse();
      assertThat(shown.path("last_error").path("message").asText()).isNotBlank();
      Map<String, String> ends = new LinkedHashMap<>();
      checkWhileAway(service);
      if (queuesGoOnWithoutIt()) {
        assertThat(service.get("/queues").statusCode()).isEqualTo(200);
        ends.put(service.startQueue(SHORT_LOADER.formatted("AAAUSDT")), "finished");
        String endless = service.startQueue(ENDLESS.formatted("BBBUSDT"));
        ends.put(endless, "stopped");
        assertThat(service.post("/queues/stop?queue_id=" + endless, "").statusCode())
            .isEqualTo(200);
      } else {
        assertRefused(service.get("/queues"));
        assertThat(service.get("/dead-letters").statusCode()).isEqualTo(200);
        assertRefused(service.post("/queues/start", SHORT_LOADER.formatted("AAAUSDT")));
        assertRefused(service.post("/queues/stop?queue_id=" + UUID.randomUUID(), ""));
      }

      proxy.set(Fault.NONE);

      awaitReady(service);
      assertThat(dependency(service).path("connected").asBoolean()).isTrue();
      if (!queuesGoOnWithoutIt()) {
        assertThat(RunningService.json(service.get("/queues")).path("data"))
            .as("what was refused was not done")
            .isEmpty();
        ends.put(service.startQueue(SHORT_LOADER.formatted("CCCUSDT")), "finished");
      }
      awaitEnds(service, ends);
    }
  }

  @Test
  void faults_of_three_seconds_amid_pipelines_lose_nothing() {
    faultsAmidPipelines(Duration.ofSeconds(3));
  }

  @Test
  @Tag("endurance")
  void faults_of_thirty_seconds_amid_pipelines_lose_nothing() {
    faultsAmidPipelines(Duration.ofSeconds(30));
  }

  private void faultsAmidPipelines(Duration length) {
    try (LogLines log = LogLines.all();
        RunningService service = RunningService.start(quick(length));
        LastingWatcher watcher = LastingWatcher.connect(service.application().port())) {
      awaitReady(service);
      Map<String, String> ends = new LinkedHashMap<>();
      String pipeline = service.startQueue(LONG_PIPELINE.formatted("PPPUSDT"));
      ends.put(pipeline, "finished");
      await().atMost(PATIENCE).until(() -> loaded(service, pipeline) > 0);
      for (Fault fault : FAULTS) {
        String endless = service.startQueue(ENDLESS.formatted(fault + "USDT"));
        ends.put(endless, "stopped");
        await().atMost(PATIENCE).until(() -> service.status(endless).equals("loading"));
        List<Request> asked =
            List.of(
                new Request("/queues/start", SHORT_LOADER.formatted("IN" + fault)),
                new Request("/queues/stop?queue_id=" + endless, ""));
        proxy.set(fault);
        long healAt = System.nanoTime() + length.toNanos();
        asked.forEach(request -> request.send(service));
        sleepUntil(healAt);
        proxy.set(Fault.NONE);
        Duration recovery = awaitReady(service);
        List<Integer> answers = asked.stream().map(request -> request.code).toList();
        // What was not answered for is asked for again, as any client would.
        asked.forEach(request -> request.insist(service));
        String started = asked.get(0).queueId;
        ends.put(started, "finished");
        await()
            .atMost(RECOVERY)
            .until(() -> service.queue(started).path("telemetry_messages").asInt() > 0);
        System.out.printf(
            "%s, %s for %d s: answers %s, ready again after %d ms, a new queue at work and heard"
                + " after %d ms%n",
            peer(),
            fault,
            length.toSeconds(),
            answers,
            recovery.toMillis(),
            Duration.ofNanos(System.nanoTime() - healAt).toMillis());
      }
      awaitEnds(service, ends);
      assertThat(RunningService.json(service.get("/queues")).path("data"))
          .as("one queue for each key")
          .hasSize(ends.size());
      ends.keySet().forEach(id -> awaitToldAll(service, watcher, id));
      audit(service, ends, log);
    }
  }

  /** Whoever watched all the time saw every status of a queue, in their order. */
  private static void awaitToldAll(RunningService service, LastingWatcher watcher, String id) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(watcher.statuses(id))
                    .as(() -> service.queue(id).toPrettyString())
                    .isNotEmpty()
                    .containsExactlyElementsOf(service.statuses(id)));
  }

  private static long loaded(RunningService service, String id) {
    return service.queue(id).path("records_written").asLong();
  }

  /** One pipeline has to last over all faults. */
  private Map<String, String> quick(Duration length) {
    Map<String, String> settings = new HashMap<>(settings());
    long seconds = FAULTS.size() * length.toSeconds() + 10;
    settings.put("LOCAL_RECORDS_PER_SECOND", Long.toString(Math.max(60, 8640 / seconds)));
    settings.put("QUEUE_EVENTS_TOPIC", "queue-events");
    settings.put("QUEUE_CONTROL_TOPIC", "queue-control");
    return settings;
  }

  private void audit(RunningService service, Map<String, String> ends, LogLines log) {
    Ledger ledger = Ledger.read(bootstrapServers());
    int sent = 0;
    for (String id : ends.keySet()) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  service.queue(id).path("telemetry_messages").asInt()
                      >= ledger.messages(service.queue(id)));
      ledger.audit(service.queue(id), 0, repeatedTurns(log));
      sent += ledger.messages(service.queue(id));
    }
    System.out.printf(
        "%s: %d queues, %d messages of telemetry, none lost%n", peer(), ends.size(), sent);
  }

  /** A turn may be written again, by us or by the client of Kafka without a word. */
  private static int repeatedTurns(LogLines log) {
    return 100 + log.matching(".*(repeat their turn|repeats? its turn).*").size();
  }

  private void awaitMissing(RunningService service) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              HttpResponse<String> answer = service.get("/health/ready");
              assertThat(answer.statusCode()).isEqualTo(503);
              assertThat(RunningService.json(answer).path("data").has(peer()))
                  .as(answer.body())
                  .isTrue();
            });
  }

  private static Duration awaitReady(RunningService service) {
    long start = System.nanoTime();
    await()
        .atMost(RECOVERY)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(
            () -> {
              HttpResponse<String> answer = service.get("/health/ready");
              assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            });
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void awaitEnds(RunningService service, Map<String, String> ends) {
    ends.forEach(
        (id, end) -> {
          await()
              .atMost(PATIENCE)
              .untilAsserted(
                  () ->
                      assertThat(Ledger.isClosed(service.queue(id)))
                          .as(() -> service.queue(id).toPrettyString())
                          .isTrue());
          assertThat(service.status(id))
              .as(() -> service.queue(id).toPrettyString())
              .isEqualTo(end);
        });
  }

  private JsonNode dependency(RunningService service) {
    return RunningService.json(service.get("/status")).path("components").path(peer());
  }

  protected static void assertRefused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(RunningService.json(answer).path("status").asText()).isEqualTo("error");
  }

  private static void sleepUntil(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(Math.max(0, nanos - System.nanoTime()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A request that is sent while something is wrong, and again until it is answered for. */
  private static final class Request {
    private final String path;
    private final String body;
    private final String key = UUID.randomUUID().toString();
    private int code;
    private String queueId = "";

    Request(String path, String body) {
      this.path = path;
      this.body = body;
    }

    void send(RunningService service) {
      HttpResponse<String> answer = service.post(path, body, "Idempotency-Key", key);
      code = answer.statusCode();
      if (code != 200) {
        assertRefused(answer);
      }
      queueId = RunningService.json(answer).path("data").path("queue_id").asText();
    }

    void insist(RunningService service) {
      await()
          .atMost(RECOVERY)
          .until(
              () -> {
                send(service);
                return code == 200;
              });
    }
  }
}
