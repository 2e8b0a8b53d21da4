package io.streamforge.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.service.RunningService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How fast the service is beside what its own libraries do bare, on the same machine in the same
 * run. It prints a table and fails only when something is lost, never for a time.
 */
@Tag("benchmark")
class ServiceBenchmark {
  private static final Report REPORT = new Report();
  private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);
  private static final int MESSAGES = Integer.getInteger("benchmark.messages", 100_000);
  private static final int QUEUES = Integer.getInteger("benchmark.queues", 1_000_000);
  private static final int REQUESTS = Integer.getInteger("benchmark.requests", 4_000);

  /** Rounds that do not count: until then much is still being compiled. */
  private static final int WARM = 6;

  private static final int CONNECTIONS = 4;
  private static final int UPDATES = Integer.getInteger("benchmark.updates", 4_000);

  /** The workers of started queues rest: they would be measured as well. */
  private static final Map<String, String> QUIET =
      Map.ofEntries(
          Map.entry("LOCAL_TICK", "1h"),
          Map.entry("RESUME_PERIOD", "1h"),
          Map.entry("ANNOUNCE_PERIOD", "1h"),
          Map.entry("TELEMETRY_MEASURE_PERIOD", "1s"),
          Map.entry("WS_HEARTBEAT_PERIOD", "1h"),
          Map.entry("WS_REPLAY", "100"),
          Map.entry("MAX_LIVE_JOBS", "1000000"));

  @AfterAll
  static void print() {
    REPORT.print();
  }

  @Test
  void telemetry_from_the_topic_to_those_who_watch() throws Exception {
    try (RunningService service = RunningService.start(QUIET)) {
      String body = RunningService.request("realtime-pipeline");
      List<String> queues =
          IntStream.range(0, 10).mapToObj(number -> service.startQueue(body)).toList();
      TelemetryLoad load = new TelemetryLoad(service, queues, MESSAGES);
      Comparison compared = Comparison.of(WARM, ROUNDS, load::baseline, load::service);
      StackSampler where = new StackSampler();
      load.baseline();
      where.during(load::service, load::baseline);
      REPORT.compare("telemetry, messages", compared, 0.5, where);
      assertThat(load.counted()).isEqualTo((WARM + ROUNDS + 2L) * MESSAGES);
    }
  }

  @Test
  void reads() throws Exception {
    try (RunningService service = RunningService.start(QUIET)) {
      String id = service.startQueue(RunningService.request("historical-pipeline"));
      BareStore store = BareStore.like(store(service), id);
      try (BareHttp bare = new BareHttp(store)) {
        HttpLoad baseline = HttpLoad.get(bare.port(), "/queues/" + id);
        HttpLoad show = HttpLoad.get(service.application().port(), "/queues/" + id);
        compare(
            "GET /queues/{queue_id}",
            0.5,
            () -> baseline.run(CONNECTIONS, REQUESTS),
            () -> show.run(CONNECTIONS, REQUESTS));
      }
    }
  }

  @Test
  void starts() throws Exception {
    try (RunningService service = RunningService.start(QUIET)) {
      String body = RunningService.request("historical-pipeline");
      BareStore store = BareStore.like(store(service), service.startQueue(body));
      try (BareHttp bare = new BareHttp(store)) {
        HttpLoad baseline = HttpLoad.post(bare.port(), "/start", body);
        HttpLoad start = HttpLoad.post(service.application().port(), "/queues/start", body);
        compare(
            "POST /queues/start",
            0.3,
            () -> store.afterClosingAll(() -> baseline.run(CONNECTIONS, REQUESTS / 20)),
            () -> store.afterClosingAll(() -> start.run(CONNECTIONS, REQUESTS / 20)));
      }
    }
  }

  private static void compare(
      String subject, double goal, Callable<Measured> baseline, Callable<Measured> service)
      throws Exception {
    Comparison compared = Comparison.of(3, ROUNDS, baseline, service);
    StackSampler where = new StackSampler();
    where.during(service, () -> null);
    REPORT.compare(subject, compared, goal, where);
  }

  @Test
  void frames_to_200_clients() throws Exception {
    try (RunningService service = RunningService.start(QUIET)) {
      WatcherLoad load = new WatcherLoad(service, 200, UPDATES);
      Comparison compared = Comparison.of(1, ROUNDS, load::baseline, load::service);
      StackSampler where = new StackSampler();
      where.during(load::service, () -> null);
      REPORT.compare("200 clients, frames", compared, 0.7, where);
    }
  }

  @Test
  void a_list_among_a_thousand_and_among_a_million() throws Exception {
    try (RunningService few = RunningService.start(QUIET);
        RunningService many = RunningService.start(QUIET)) {
      String body = RunningService.request("single");
      StoredQueues.fill(store(few), few.startQueue(body), 1_000);
      StoredQueues.fill(store(many), many.startQueue(body), QUEUES);
      for (String path : List.of("/queues?limit=50", "/queues?limit=50&status=finished")) {
        assertThat(listed(many, path)).isEqualTo(50);
        HttpLoad fewLoad = HttpLoad.get(few.application().port(), path);
        HttpLoad manyLoad = HttpLoad.get(many.application().port(), path);
        Comparison compared =
            Comparison.of(2, ROUNDS, () -> fewLoad.run(1, 200), () -> manyLoad.run(1, 200));
        REPORT.add(
            "GET %s: %.2f ms of 1,000 queues, %.2f ms of %,d; CPU %.0f us and %.0f us",
            path,
            1000 / compared.baseline().perSecond(),
            1000 / compared.service().perSecond(),
            QUEUES,
            compared.baseline().cpuMicros(),
            compared.service().cpuMicros());
        REPORT.limit("", 1 / compared.ratio(), 2, "times");
      }
    }
  }

  private static int listed(RunningService service, String path) {
    return RunningService.json(service.get(path)).path("data").size();
  }

  @Test
  void a_start_with_the_embedded_broker(@TempDir Path folder) throws Exception {
    List<String> flags = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    List<Double> seconds = new ArrayList<>();
    List<Double> megabytes = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      Path data = Files.createDirectory(folder.resolve("round-" + round));
      try (ServiceProcess service = ServiceProcess.start(data, flags)) {
        seconds.add(service.secondsToReady());
        String body = RunningService.request("historical-pipeline");
        assertThat(service.start(body).statusCode()).isEqualTo(200);
        Thread.sleep(5_000);
        megabytes.add(service.residentMegabytes());
      }
    }
    REPORT.limit("start to ready", median(seconds), 6, "s");
    REPORT.limit("resident, pipeline running", median(megabytes), 400, "MB");
    REPORT.add("with %s", String.join(" ", flags));
  }

  private static double median(List<Double> values) {
    return values.stream().sorted(Comparator.naturalOrder()).toList().get(values.size() / 2);
  }

  private static DataSource store(RunningService service) {
    return service
        .application()
        .camel()
        .getRegistry()
        .lookupByNameAndType("store", DataSource.class);
  }
}
