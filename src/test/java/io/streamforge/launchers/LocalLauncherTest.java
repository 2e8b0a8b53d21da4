package io.streamforge.launchers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.kafka.KafkaConnection;
import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.queues.DataNames;
import io.streamforge.queues.JobPhase;
import io.streamforge.queues.JobReport;
import io.streamforge.queues.JobSpec;
import io.streamforge.queues.LaunchOutcome;
import io.streamforge.queues.LaunchOutcome.Result;
import io.streamforge.queues.Role;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The workers inside the process keep the contract, and speak that of workers. */
class LocalLauncherTest extends LauncherContractTest {
  private static final String CANDLES = "api_candles_5m";
  private static final long CANDLES_A_DAY = 288;

  @Override
  Launcher start() {
    return start(Map.of());
  }

  private Launcher start(Map<String, String> settings) {
    return start(settings, TestBroker.bootstrapServers());
  }

  private Launcher start(Map<String, String> settings, String bootstrapServers) {
    Map<String, String> all = new HashMap<>();
    all.put("data.dir", folder.toString());
    all.put("local.tick", "100ms");
    all.put("local.lease", "30s");
    all.put("local.report.period", "200ms");
    all.put("kafka.send.timeout", "10s");
    all.putAll(settings);
    KafkaConnection kafka = KafkaConnection.plaintext(bootstrapServers);
    return new Launcher("local", all, Map.of("kafkaConnection", kafka));
  }

  @Test
  void a_connector_counts_what_its_loader_writes_until_it_is_stopped() throws Exception {
    JobSpec connector = jobs.connector(2, CANDLES);
    JobSpec loader = jobs.loader(1, CANDLES, false);
    launcher.launch(List.of(connector));
    awaitPhase(connector.job(), JobPhase.RUNNING);
    launcher.launch(List.of(loader));
    awaitPhase(loader.job(), JobPhase.COMPLETE);
    awaitCount("arango-connector", CANDLES_A_DAY);
    Topic.write("queue-control", stop("00000000-3b22-4d44-bc81-1f902a222eee"));
    Topic.write("queue-control", stop(jobs.queueId));
    awaitPhase(connector.job(), JobPhase.COMPLETE);
    assertThat(words("loader-producer")).startsWith("started").endsWith("finished");
    assertThat(words("arango-connector")).startsWith("started").endsWith("interrupted", "finished");
    assertThat(numbers())
        .containsExactlyElementsOf(LongStream.range(0, CANDLES_A_DAY).boxed().toList());
  }

  @Test
  void a_stop_of_another_queue_ends_no_worker() throws Exception {
    JobSpec connector = jobs.connector(1, CANDLES);
    launcher.launch(List.of(connector));
    awaitPhase(connector.job(), JobPhase.RUNNING);
    Jobs others = new Jobs("2024-06-01:2024-06-01");
    JobSpec other = others.connector(1, CANDLES);
    launcher.launch(List.of(other));
    awaitPhase(other.job(), JobPhase.RUNNING);
    Topic.write("queue-control", stop(others.queueId));
    awaitPhase(other.job(), JobPhase.COMPLETE);
    assertThat(launcher.inspect(connector.job()).phase()).isEqualTo(JobPhase.RUNNING);
  }

  @Test
  void a_failed_job_tells_why_and_ends_its_log_with_it() {
    JobSpec failing = failing("silent");
    launcher.launch(List.of(failing));
    awaitPhase(failing.job(), JobPhase.FAILED);
    JobReport report = launcher.inspect(failing.job());
    assertThat(report.reason()).isEqualTo("exit code 1: asked to fail at record 10");
    assertThat(report.logTail()).endsWith("ERROR asked to fail at record 10");
    assertThat(words("loader-producer")).containsExactly("started");
  }

  @Test
  void a_worker_that_fails_aloud_says_error_before_it_says_finished() {
    JobSpec failing = failing("error");
    launcher.launch(List.of(failing));
    awaitPhase(failing.job(), JobPhase.FAILED);
    assertThat(words("loader-producer")).endsWith("error", "finished");
  }

  /** So that a job has not ended before another process is there. */
  private static Map<String, String> slowly(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("local.records.per.second", "200");
    return all;
  }

  @Test
  void another_process_goes_on_with_the_jobs_of_one_that_froze() throws Exception {
    launcher.close();
    Map<String, String> soon = Map.of("local.lease", "2s", "kafka.send.timeout", "1s");
    launcher = start(slowly(soon));
    Jobs month = new Jobs("2024-06-01:2024-06-10");
    JobSpec connector = month.connector(2, CANDLES);
    JobSpec loader = month.loader(1, CANDLES, false);
    launcher.launch(List.of(connector));
    awaitPhase(connector.job(), JobPhase.RUNNING);
    launcher.launch(List.of(loader));
    await().until(() -> !Topic.read(DataNames.topic(month.queueId, CANDLES)).isEmpty());
    launcher.freeze();
    try (Launcher survivor = start(soon)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> survivor.inspect(loader.job()).phase() == JobPhase.COMPLETE);
      assertThat(survivor.inspect(loader.job()).attempts()).isEqualTo(2);
      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> counted(month, "arango-connector") == 10 * CANDLES_A_DAY);
    }
  }

  @Test
  void another_process_goes_on_at_once_with_the_jobs_of_one_that_stops() throws Exception {
    launcher.close();
    launcher = start(slowly(Map.of("local.lease", "1m")));
    Jobs month = new Jobs("2024-06-01:2024-06-10");
    JobSpec loader = month.loader(1, CANDLES, false);
    launcher.launch(List.of(loader));
    awaitPhase(loader.job(), JobPhase.RUNNING);
    try (Launcher next = start(Map.of("local.lease", "1m"))) {
      launcher.handOver();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> next.inspect(loader.job()).phase() == JobPhase.COMPLETE);
      assertThat(next.inspect(loader.job()).attempts()).isEqualTo(2);
    }
  }

  @Test
  void two_processes_never_run_one_job_at_once() {
    Jobs days = new Jobs("2024-06-01:2024-06-05");
    List<JobSpec> loaders =
        List.of(
            days.loader(1, "api_candles_5m", false),
            days.loader(2, "api_candles_15m", false),
            days.loader(3, "api_candles_1h", false),
            days.loader(4, "api_trades", false));
    try (Launcher second = start()) {
      loaders.forEach(loader -> second.launch(List.of(loader)));
      loaders.forEach(loader -> awaitPhase(loader.job(), JobPhase.COMPLETE));
    }
    for (JobSpec loader : loaders) {
      String topic = loader.environment().values().getOrDefault("KAFKA_TOPIC", "");
      assertThat(Topic.read(topic)).isNotEmpty().doesNotHaveDuplicates();
      assertThat(launcher.inspect(loader.job()).attempts()).isEqualTo(1);
    }
    assertThat(Topic.telemetry(days.queueId))
        .filteredOn(message -> message.get("status").asText().equals("started"))
        .hasSize(loaders.size());
  }

  @Test
  void without_a_broker_jobs_wait_and_the_check_says_so() {
    try (Launcher lonely =
        start(
            Map.of(
                "data.dir",
                folder.resolve("lonely").toString(),
                "local.lease",
                "300ms",
                "kafka.send.timeout",
                "200ms"),
            "127.0.0.1:1")) {
      JobSpec loader = jobs.loader(1, CANDLES, false);
      lonely.launch(List.of(loader));
      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(lonely::check)
                      .hasStackTraceContaining("the workers inside the process have not worked"));
      assertThat(lonely.inspect(loader.job()).phase()).isEqualTo(JobPhase.CREATED);
      lonely.delete(List.of(loader.job()));
    }
  }

  @Test
  void while_the_store_is_away_a_launch_is_to_be_tried_again() throws Exception {
    JobSpec right = jobs.connector(1, CANDLES);
    JobSpec wrong = jobs.job(2, "arango-connector", Role.CONNECTOR, CANDLES, false, Map.of());
    launcher.closeStore();
    assertThat(launcher.launch(List.of(right, wrong)))
        .extracting(LaunchOutcome::result)
        .containsExactly(Result.AWAY, Result.REFUSED);
    assertThat(launcher.launch(List.of(right)).get(0).reason()).contains("JDBC");
    assertThatThrownBy(() -> launcher.inspect(right.job())).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> launcher.delete(List.of(right.job())))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> launcher.check()).isInstanceOf(RuntimeException.class);
  }

  private JobSpec failing(String mode) {
    Map<String, String> env = Map.of("SYNTHETIC_FAIL_AFTER", "10", "SYNTHETIC_FAIL_MODE", mode);
    return jobs.job(1, "loader-producer", Role.LOADER, CANDLES, false, env);
  }

  private static String stop(String queueId) {
    return "{\"command\":\"stop\",\"queue_id\":\"" + queueId + "\"}";
  }

  private List<String> words(String target) {
    return said(jobs, target).stream().map(message -> message.get("status").asText()).toList();
  }

  private void awaitCount(String target, long count) {
    await().atMost(Duration.ofSeconds(10)).until(() -> counted(jobs, target) == count);
  }

  private static long counted(Jobs jobs, String target) {
    return said(jobs, target).stream()
        .mapToLong(message -> message.get("records_written").asLong())
        .max()
        .orElse(-1);
  }

  private static List<JsonNode> said(Jobs jobs, String target) {
    return Topic.telemetry(jobs.queueId).stream()
        .filter(message -> message.get("producer").asText().startsWith(target))
        .toList();
  }

  private List<Long> numbers() {
    return Topic.read(DataNames.topic(jobs.queueId, CANDLES)).stream()
        .map(record -> record.get("number").asLong())
        .toList();
  }
}
