package io.streamforge.benchmark;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.streamforge.camel.kubernetes.TestCluster;
import io.streamforge.queues.Observation;
import io.streamforge.queues.Observation.JobCreated;
import io.streamforge.queues.QueueJson;
import io.streamforge.queues.QueueState;
import io.streamforge.queues.Queues;
import io.streamforge.queues.StepState;
import io.streamforge.service.RunningService;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How fast the service is with a cluster; the API server of the test runs in the same process and
 * takes its share of the time.
 */
@Tag("benchmark")
class KubernetesBenchmark {
  private static final Report REPORT = new Report();
  private static final int QUEUES = Integer.getInteger("benchmark.live.queues", 1000);
  private static final int STEPS = 7;
  private static final int STARTS = Integer.getInteger("benchmark.starts", 500);
  private static final int STARTS_A_SECOND = 50;

  /** Rounds that do not count: until then much is still being compiled. */
  private static final int WARM = Integer.getInteger("benchmark.warm", 2);

  private static final String OPEN =
      "/queues?limit=1&status=pending&status=loading&status=stopping";
  private static final String LOADER =
      "{\"symbol\":\"BTCUSDT\",\"type\":\"ws\",\"time_range\":\"2024-06-01:2024-06-30\"}";

  @AfterAll
  static void print() {
    REPORT.print();
  }

  private static Map<String, String> settings(TestCluster cluster) throws IOException {
    Map<String, String> settings = new HashMap<>(RunningService.environment());
    settings.put("K8S_MASTER", cluster.url());
    settings.put("K8S_NAMESPACE", TestCluster.NAMESPACE);
    settings.put("K8S_REQUEST_TIMEOUT", "10s");
    settings.put("LOADER_IMAGE", "example.invalid/loader:1");
    settings.put("RESUME_PERIOD", "1s");
    settings.put("MAX_LIVE_JOBS", "100000");
    return settings;
  }

  @Test
  void a_restart_with_thousands_of_live_jobs() throws Exception {
    try (TestCluster cluster = new TestCluster(Duration.ofHours(1))) {
      Map<String, String> settings = settings(cluster);
      Map<String, String> elsewhere = new HashMap<>(settings);
      elsewhere.put("LAUNCHER", "local");
      elsewhere.put("RESUME_PERIOD", "1h");
      try (RunningService before = RunningService.start(elsewhere)) {
        for (int number = 0; number < QUEUES; number++) {
          QueueState queue = begun();
          before.call("save-queue", QueueJson.stored(queue, null), Map.of());
          queue.steps().forEach(step -> cluster.plantRunning(job(queue, step, before)));
        }
      }
      Instant begin = Instant.now();
      try (RunningService after = RunningService.start(settings)) {
        await()
            .atMost(Duration.ofMinutes(3))
            .pollInterval(Duration.ofMillis(250))
            .untilAsserted(() -> assertThat(stepsAtWork(after)).isEqualTo((long) QUEUES * STEPS));
        double seconds = Duration.between(begin, Instant.now()).toMillis() / 1000.0;
        REPORT.limit(QUEUES * STEPS + " live jobs reconciled", seconds, 10, "s from the start on");
      }
    }
  }

  /** A queue whose jobs all exist, as far as is known, and of which nothing more was seen. */
  private static QueueState begun() {
    QueueState planned =
        Queues.PLAN.of(
            Queues.request("realtime-pipeline"),
            UUID.randomUUID().toString(),
            "a user",
            "rest",
            Instant.now());
    List<Observation> created = new ArrayList<>();
    for (StepState step : planned.steps()) {
      created.add(new JobCreated(step.number(), Instant.now()));
    }
    return Queues.RULE.apply(planned, created);
  }

  private static Job job(QueueState queue, StepState step, RunningService service) {
    Map<String, String> labels =
        Map.of(
            "queue_id", queue.id(),
            "step", String.valueOf(step.number()),
            "target", step.target(),
            "app.kubernetes.io/instance", service.setting("instance"));
    return new JobBuilder()
        .withNewMetadata()
        .withName(step.jobName())
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .withBackoffLimit(4)
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(labels)
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName(step.target())
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  private static long stepsAtWork(RunningService service) {
    JsonNode queues = RunningService.json(service.get("/queues?limit=1000")).path("data");
    return StreamSupport.stream(queues.spliterator(), false)
        .flatMap(queue -> StreamSupport.stream(queue.path("steps").spliterator(), false))
        .filter(step -> step.path("status").asText().equals("loading"))
        .count();
  }

  @Test
  void starts_one_after_the_other() throws Exception {
    try (TestCluster cluster = new TestCluster(Duration.ofSeconds(2))) {
      Map<String, String> settings = settings(cluster);
      settings.put("K8S_QPS", "200");
      settings.put("K8S_BURST", "200");
      try (RunningService service = RunningService.start(settings)) {
        for (int round = 0; round < WARM; round++) {
          stop(service, start(service));
        }
        List<Start> starts = start(service);
        Map<String, Long> created = cluster.created();
        List<Double> toJob =
            starts.stream()
                .map(one -> (requireNonNull(created.get(one.job())) - one.begun()) / 1e6)
                .toList();
        report("request to Job", toJob);
        report("request to answer", starts.stream().map(Start::millis).toList());
        REPORT.limit("request to Job, p95", percentile(toJob, 0.95), 300, "ms");
        stop(service, starts);
        StackSampler where = new StackSampler();
        List<Start> looked = new ArrayList<>();
        where.during(
            () -> looked.addAll(start(service)),
            () -> {
              stop(service, looked);
              return null;
            });
        REPORT.where(where);
        assertThat(cluster.created()).hasSize(STARTS * (WARM + 3));
      }
    }
  }

  private static void report(String subject, List<Double> millis) {
    REPORT.add(
        "%-26s %d starts at %d/s: p50 %.0f ms, p95 %.0f ms, max %.0f ms",
        subject,
        STARTS,
        STARTS_A_SECOND,
        percentile(millis, 0.5),
        percentile(millis, 0.95),
        percentile(millis, 1));
  }

  private static double percentile(List<Double> values, double part) {
    List<Double> ordered = values.stream().sorted().toList();
    return ordered.get(Math.min(ordered.size() - 1, (int) (ordered.size() * part)));
  }

  /** A queue that was started: when, by System.nanoTime, and how long it took to be answered. */
  private record Start(String queue, long begun, double millis, String job) {}

  private static List<Start> start(RunningService service) throws Exception {
    ScheduledExecutorService clients = Executors.newScheduledThreadPool(16);
    try {
      List<Future<Start>> answers = new ArrayList<>();
      for (int number = 0; number < STARTS; number++) {
        answers.add(
            clients.schedule(
                () -> startOne(service), number * 1000L / STARTS_A_SECOND, TimeUnit.MILLISECONDS));
      }
      List<Start> starts = new ArrayList<>();
      for (Future<Start> answer : answers) {
        Start start = answer.get();
        String job = service.queue(start.queue()).at("/steps/0/job_name").asText();
        starts.add(new Start(start.queue(), start.begun(), start.millis(), job));
      }
      return starts;
    } finally {
      clients.shutdownNow();
    }
  }

  private static Start startOne(RunningService service) {
    long begun = System.nanoTime();
    JsonNode answer = RunningService.json(service.post("/queues/start", LOADER));
    assertThat(answer.path("message").asText()).isEqualTo("Queue started");
    String queue = answer.at("/data/queue_id").asText();
    return new Start(queue, begun, (System.nanoTime() - begun) / 1e6, "");
  }

  /** Stops them, so that those started next have the machine to themselves. */
  private static void stop(RunningService service, List<Start> starts) {
    for (Start start : starts) {
      service.post("/queues/stop?queue_id=" + start.queue(), "");
    }
    await()
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofSeconds(1))
        .until(() -> RunningService.json(service.get(OPEN)).path("data").isEmpty());
  }
}
