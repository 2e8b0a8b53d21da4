package io.streamforge.workers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.queues.JobPhase;
import io.streamforge.queues.JobSpec;
import io.streamforge.queues.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SyntheticWorkerTest {
  private static final String TYPE = "api_candles_5m";
  private static final long CANDLES_A_DAY = 288;

  private final Bench bench = new Bench();

  @Test
  void a_bounded_loader_makes_each_record_of_its_range_and_ends() {
    JobSpec spec = bench.jobs.loader(1, TYPE, false);
    JobDocument ended = bench.finish(Bench.launched(spec), "one");
    assertThat(ended.progress().phase()).isEqualTo(JobPhase.COMPLETE);
    assertThat(numbers(bench, spec))
        .containsExactlyElementsOf(LongStream.range(0, CANDLES_A_DAY).boxed().toList());
    assertThat(bench.said()).startsWith("started false", "loading false").endsWith("finished true");
    assertThat(bench.said()).filteredOn("finished true"::equals).hasSize(1);
    assertThat(bench.lastWord().get("records_written").asLong()).isEqualTo(CANDLES_A_DAY);
    assertThat(bench.lastWord().get("last_loaded_timestamp").asText())
        .isEqualTo("2024-06-01T23:55:00Z");
  }

  @Test
  void records_and_telemetry_say_that_they_are_synthetic() {
    JobSpec spec = bench.jobs.loader(1, TYPE, false);
    bench.finish(Bench.launched(spec), "one");
    assertThat(bench.messages(topic(spec)))
        .allMatch(record -> record.get("synthetic").asBoolean())
        .allMatch(record -> record.get("low").asDouble() <= record.get("open").asDouble())
        .allMatch(record -> record.get("high").asDouble() >= record.get("close").asDouble());
    assertThat(bench.messages("queue-events"))
        .allMatch(message -> message.get("synthetic").asBoolean())
        .allMatch(message -> message.get("message").asText().startsWith("synthetic data: "))
        .allMatch(
            message -> message.get("producer").asText().matches("loader-producer__[0-9a-f]{12}-1"));
  }

  @Test
  void progress_is_told_at_the_report_period_and_not_faster() {
    JobSpec spec = bench.jobs.loader(1, TYPE, false);
    bench.turns(Bench.launched(spec), "one", 2 + 4);
    assertThat(bench.said()).containsExactly("started false", "loading false", "loading false");
  }

  @Test
  void an_idle_worker_gives_a_sign_of_life_now_and_then() {
    JobDocument connector = Bench.launched(bench.jobs.connector(1, TYPE));
    bench.turns(connector, "one", 2 + 39);
    assertThat(bench.said()).containsExactly("started false", "loading false");
  }

  @Property(tries = 200)
  void whichever_turns_are_repeated_by_others_the_records_are_the_same_and_counted_once(
      @ForAll @Size(max = 60) List<Boolean> crashes) {
    Bench crashing = new Bench();
    JobSpec loading = crashing.jobs.loader(1, TYPE, false);
    JobDocument loader = Bench.launched(loading);
    JobDocument connector =
        crashing.turns(Bench.launched(crashing.jobs.connector(2, TYPE)), "reader", 1);
    int turns = 0;
    String owner = "owner 0";
    while (!loader.progress().phase().isOver()) {
      boolean crash = turns < crashes.size() && crashes.get(turns);
      JobDocument next = crashing.turn(loader, owner);
      loader = crash ? loader : next;
      owner = crash ? "owner " + turns : owner;
      crashing.turn(connector, "reader");
      connector = crash ? connector : crashing.turn(connector, "reader");
      turns++;
    }
    connector = crashing.turns(connector, "reader", 2);
    assertThat(loader.progress().records()).isEqualTo(CANDLES_A_DAY);
    assertThat(connector.progress().records()).isEqualTo(CANDLES_A_DAY);
    assertThat(crashing.messages(topic(loading)).stream().distinct().count())
        .isEqualTo(CANDLES_A_DAY);
    List<String> said = crashing.said("loader-producer");
    assertThat(said.subList(said.indexOf("finished"), said.size())).containsOnly("finished");
  }

  @Test
  void a_worker_started_anew_goes_on_where_the_last_one_was() {
    JobSpec spec = bench.jobs.loader(1, TYPE, false);
    JobDocument half = bench.turns(Bench.launched(spec), "one", 4);
    long before = half.progress().records();
    JobDocument taken = bench.turns(half, "two", 2);
    assertThat(before).isPositive();
    assertThat(taken.progress().records()).isEqualTo(before);
    assertThat(taken.progress().attempts()).isEqualTo(2);
    assertThat(bench.lastWord().get("status").asText()).isEqualTo("started");
    assertThat(bench.lastWord().get("records_written").asLong()).isEqualTo(before);
    assertThat(numbers(bench, spec)).doesNotHaveDuplicates();
  }

  @Test
  void a_worker_whose_end_is_stored_never_starts_again() {
    JobDocument job = Bench.launched(bench.jobs.loader(1, "api_candles_1d", false));
    while (job.progress().lastWords().isEmpty()) {
      job = bench.turn(job, "one");
    }
    bench.turn(job, "one");
    JobDocument ended = bench.turn(job, "two");
    assertThat(ended.progress().phase()).isEqualTo(JobPhase.COMPLETE);
    assertThat(ended.progress().attempts()).isEqualTo(1);
    assertThat(bench.said()).containsExactly("started false", "finished true", "finished true");
  }

  @Test
  void a_connector_counts_from_the_end_of_its_topic_on_and_says_started_when_that_is_stored() {
    JobSpec spec = bench.jobs.connector(1, TYPE);
    bench.say(topic(spec), "{\"of\":\"another time\"}");
    JobDocument started = bench.turn(Bench.launched(spec), "one");
    assertThat(bench.said()).isEmpty();
    bench.say(topic(spec), "{\"number\":1}");
    JobDocument counted = bench.turns(started, "one", 2);
    assertThat(bench.said()).startsWith("started false");
    assertThat(counted.progress().records()).isEqualTo(1);
  }

  @Test
  void a_stop_of_the_queue_interrupts_the_worker() {
    JobSpec spec = bench.jobs.loader(1, "ws_trades", true);
    JobDocument running = bench.turns(Bench.launched(spec), "one", 6);
    bench.stop(bench.jobs.queueId);
    JobDocument ended = bench.finish(running, "one");
    assertThat(ended.progress().phase()).isEqualTo(JobPhase.COMPLETE);
    assertThat(ended.progress().records()).isEqualTo(running.progress().records()).isPositive();
    assertThat(bench.said()).endsWith("interrupted true", "finished true");
  }

  @Test
  void a_stop_that_arrives_while_no_process_runs_the_worker_is_heard_by_the_next_one() {
    JobDocument running = bench.turns(Bench.launched(bench.jobs.connector(1, TYPE)), "one", 4);
    bench.stop(bench.jobs.queueId);
    bench.finish(running, "two");
    assertThat(bench.said()).endsWith("started false", "interrupted true", "finished true");
  }

  @Test
  void other_messages_of_the_control_topic_change_nothing() {
    bench.stop(bench.jobs.queueId);
    JobDocument running = bench.turns(Bench.launched(bench.jobs.connector(1, TYPE)), "one", 2);
    bench.stop("b927fa13-3b22-4d44-bc81-1f902a222eee");
    bench.say("queue-control", "not JSON");
    bench.say(
        "queue-control", "{\"command\":\"start\",\"queue_id\":\"" + bench.jobs.queueId + "\"}");
    JobDocument later = bench.turns(running, "one", 2);
    assertThat(later.progress().lastWords()).isEmpty();
    assertThat(later.progress().positions().get("queue-control")).containsExactly(4L);
    assertThat(bench.said()).containsExactly("started false");
  }

  @Test
  void a_deleted_worker_ends_without_a_word() {
    JobDocument running =
        bench.turns(Bench.launched(bench.jobs.loader(1, "ws_trades", true)), "one", 2);
    JobDocument asked = running.with(running.progress().withDeleteRequested());
    JobDocument gone = bench.finish(asked, "two");
    assertThat(gone.progress().phase()).isEqualTo(JobPhase.GONE);
    assertThat(bench.said()).containsExactly("started false");
  }

  @Test
  void a_bounded_processor_takes_its_time_and_ends() {
    JobDocument job =
        bench.finish(
            Bench.launched(bench.jobs.processor(1, "gnn-trainer", "gnn_train", false)), "one");
    assertThat(job.progress().records()).isEqualTo(100);
    assertThat(bench.said()).hasSize(2 + 5).endsWith("finished true");
  }

  @Test
  void a_worker_that_is_to_fail_reports_an_error_and_fails() {
    JobDocument failed = failing("error");
    assertThat(failed.progress().phase()).isEqualTo(JobPhase.FAILED);
    assertThat(failed.progress().records()).isEqualTo(42);
    assertThat(failed.progress().reason()).isEqualTo("exit code 1: asked to fail at record 42");
    assertThat(failed.progress().log()).anyMatch(line -> line.contains("asked to fail"));
    assertThat(bench.said()).endsWith("error true", "finished true");
  }

  @Test
  void a_worker_that_is_to_fail_silently_fails_without_a_word() {
    JobDocument failed = failing("silent");
    assertThat(failed.progress().phase()).isEqualTo(JobPhase.FAILED);
    assertThat(failed.progress().reason()).isEqualTo("exit code 1: asked to fail at record 42");
    assertThat(bench.said()).containsExactly("started false");
  }

  @Test
  void a_worker_that_is_to_meet_a_bad_record_reports_it_once_and_goes_on() {
    JobDocument ended = failing("bad-record");
    assertThat(ended.progress().phase()).isEqualTo(JobPhase.COMPLETE);
    assertThat(ended.progress().records()).isEqualTo(CANDLES_A_DAY);
    assertThat(bench.said()).filteredOn("error false"::equals).hasSize(1);
    assertThat(bench.said()).endsWith("finished true");
  }

  @Test
  void the_log_stays_within_four_kibibytes() {
    ProgressDraft draft = new ProgressDraft(Progress.NONE);
    for (int line = 0; line < 100; line++) {
      draft.log(Instant.EPOCH, "INFO", "x".repeat(1000) + line);
    }
    assertThat(String.join("\n", draft.freeze().log())).hasSizeLessThan(4096).isNotEmpty();
  }

  private JobDocument failing(String mode) {
    Map<String, String> env = Map.of("SYNTHETIC_FAIL_AFTER", "42", "SYNTHETIC_FAIL_MODE", mode);
    JobSpec spec = bench.jobs.job(1, "loader-producer", Role.LOADER, TYPE, false, env);
    return bench.finish(Bench.launched(spec), "one");
  }

  private static List<Long> numbers(Bench bench, JobSpec spec) {
    return bench.messages(topic(spec)).stream()
        .map((JsonNode record) -> record.get("number").asLong())
        .toList();
  }

  private static String topic(JobSpec spec) {
    return spec.environment().values().getOrDefault("KAFKA_TOPIC", "");
  }
}
