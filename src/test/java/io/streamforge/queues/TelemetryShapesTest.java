package io.streamforge.queues;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.queues.Observation.Origin;
import io.streamforge.queues.Observation.Reported;
import io.streamforge.queues.Observation.Word;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every dialect of real workers is understood, and attributed to the right step. */
class TelemetryShapesTest {
  private static final Instant WRITTEN = Instant.parse("2026-12-01T00:00:00Z");
  private static final QueueState QUEUE =
      Queues.launched(
          "loader-producer:api_candles_5m",
          "arango-connector:api_candles_5m",
          "visualizer:graph_metrics_stream",
          "graph-builder:gnn_graph",
          "arango-connector:api_trades",
          "gnn-trainer:gnn_train");

  private record Expected(int step, Word word, Long records, String sentAt) {}

  /** One a line of shapes.jsonl; {@code sentAt} is empty where the record's own time counts. */
  private static final List<Expected> EXPECTED =
      List.of(
          new Expected(1, Word.FINISHED, 378L, ""),
          new Expected(2, Word.LOADING, 15000L, "2024-08-01T08:15:25.456Z"),
          new Expected(1, Word.LOADING, 100L, "2026-11-21T16:55:20.880Z"),
          new Expected(1, Word.LOADING, null, "2026-11-21T16:55:21Z"),
          new Expected(2, Word.ERROR, 0L, "2026-11-21T16:55:22.500Z"),
          new Expected(2, Word.BAD_RECORD, 100L, "2026-11-21T16:55:22.600Z"),
          new Expected(1, Word.LOADING, 100L, ""),
          new Expected(1, Word.LOADING, null, "2026-11-21T16:55:25Z"),
          new Expected(1, Word.LOADING, 1234L, "2026-11-21T16:55:26Z"),
          new Expected(3, Word.LOADING, null, "2026-11-21T16:55:27Z"),
          new Expected(6, Word.LOADING, 3L, "2026-11-21T16:55:28Z"));

  @TestFactory
  Stream<DynamicTest> a_dialect_is_read() {
    List<String> lines = Queues.lines("/telemetry/shapes.jsonl");
    assertThat(lines).hasSameSizeAs(EXPECTED);
    return IntStream.range(0, lines.size())
        .mapToObj(
            line ->
                DynamicTest.dynamicTest(
                    "line " + (line + 1), () -> read(lines.get(line), EXPECTED.get(line))));
  }

  private static void read(String line, Expected expected) throws IOException {
    String text =
        line.replace("\"Q\"", "\"" + Queues.ID + "\"").replace("__S-", "__" + Queues.DIGITS + "-");

    Observation observation = observe(text);

    assertThat(observation).isInstanceOf(Reported.class);
    Reported reported = (Reported) observation;
    assertThat(reported.step()).isEqualTo(expected.step);
    assertThat(reported.word()).isEqualTo(expected.word);
    assertThat(reported.records()).isEqualTo(expected.records);
    assertThat(reported.at())
        .isEqualTo(expected.sentAt.isEmpty() ? WRITTEN : Instant.parse(expected.sentAt));
  }

  private static Observation observe(String text) throws IOException {
    TelemetryMessage message = TelemetryMessage.read(text.getBytes(UTF_8));
    Observation observation =
        new TelemetrySighting(message, new Origin("queue-events-0", 1), WRITTEN).on(QUEUE);
    assertThat(observation).isNotNull();
    return java.util.Objects.requireNonNull(observation);
  }

  private static Reported reported(String fields) throws IOException {
    return (Reported)
        observe("{\"queue_id\":\"" + Queues.ID + "\",\"target\":\"graph-builder\"," + fields + "}");
  }

  @Test
  void a_clock_that_is_ahead_or_unbelievable_does_not_count() throws IOException {
    for (String time :
        List.of(
            "1448.8",
            "1795280120880",
            "1e300",
            "\"+999999999-12-31T23:59:59Z\"",
            "\"-999999999-01-01T00:00:00Z\"",
            "\"9999-12-31T23:59:59Z\"",
            "\"yesterday\"",
            "null",
            "{}")) {
      assertThat(reported("\"timestamp\":" + time).at()).as(time).isEqualTo(WRITTEN);
    }
  }

  @Test
  void a_time_may_be_rfc_3339_too() throws IOException {
    assertThat(reported("\"timestamp\":\"2026-11-21T16:55:20Z\"").at())
        .isEqualTo(Instant.parse("2026-11-21T16:55:20Z"));
  }

  @Test
  void a_number_of_records_that_cannot_be_is_none() throws IOException {
    for (String records : List.of("-1", "1e300", "\"NaN\"", "\"many\"", "true", "[]", "null")) {
      assertThat(reported("\"records_written\":" + records).records()).as(records).isNull();
    }
    assertThat(reported("\"records_written\":\"12\"").records()).isEqualTo(12);
    assertThat(reported("\"records_written\":null,\"message_count\":7").records()).isEqualTo(7);
  }

  @Test
  void a_very_long_explanation_is_cut() throws IOException {
    String explanation =
        reported("\"error_message\":\"" + "x".repeat(100_000) + "\"").explanation();
    assertThat(explanation).hasSize(4096);
  }

  @Test
  void a_message_that_fits_several_steps_changes_none() throws IOException {
    assertThat(
            observe(
                "{\"queue_id\":\""
                    + Queues.ID
                    + "\",\"target\":\"arango-connector\",\"type\":\"x\"}"))
        .isInstanceOf(Reported.class)
        .extracting(each -> ((Reported) each).step())
        .as("two connectors, but one loader")
        .isEqualTo(1);
    QueueState loaders =
        Queues.launched("loader-producer:api_candles_5m", "loader-producer:api_trades");
    TelemetryMessage message =
        TelemetryMessage.read(
            ("{\"queue_id\":\"" + Queues.ID + "\",\"status\":\"error\"}").getBytes(UTF_8));
    assertThat(new TelemetrySighting(message, new Origin("queue-events-0", 1), WRITTEN).on(loaders))
        .isInstanceOf(Observation.Unattributed.class);
  }
}
