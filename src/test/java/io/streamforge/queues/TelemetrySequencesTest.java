package io.streamforge.queues;

import static io.streamforge.queues.Queues.after;
import static io.streamforge.queues.Queues.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.queues.Observation.JobSeen;
import io.streamforge.queues.Observation.Origin;
import io.streamforge.queues.Observation.StopAsked;
import io.streamforge.queues.Observation.Tick;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What real workers send in a row ends as they mean it. */
class TelemetrySequencesTest {

  @TestFactory
  Stream<DynamicTest> a_sequence_of_a_real_worker_ends_as_expected() {
    return Queues.lines("/telemetry/sequences.jsonl").stream()
        .map(TelemetrySequencesTest::json)
        .flatMap(
            sequence ->
                Stream.of(
                    DynamicTest.dynamicTest(name(sequence), () -> ends(sequence, false)),
                    DynamicTest.dynamicTest(
                        name(sequence) + ", every message twice", () -> ends(sequence, true))));
  }

  private static void ends(JsonNode sequence, boolean twice) throws IOException {
    String target =
        sequence.path("_worker").asText().startsWith("arango")
            ? "arango-connector"
            : "loader-producer";
    QueueState queue = Queues.launched(target + ":api_candles_5m");
    String expected = sequence.path("_expect").asText();
    if (expected.equals("stopped")) {
      queue = after(queue, new StopAsked("a user", "rest", at(1)));
    }
    long greatest = 0;
    int offset = 0;
    for (JsonNode status : sequence.path("statuses")) {
      String message =
          QueueJson.MAPPER
              .createObjectNode()
              .put("queue_id", Queues.ID)
              .put("producer", target + "__" + Queues.DIGITS + "-1")
              .put("status", status.get(0).asText())
              .put("finished", status.get(1).asBoolean())
              .put("records_written", status.get(2).asLong())
              .toString();
      greatest = Math.max(greatest, status.get(2).asLong());
      offset++;
      for (int times = twice ? 2 : 1; times > 0; times--) {
        queue = Queues.RULE.apply(queue, List.of(observed(queue, message, offset)));
      }
    }
    assertThat(queue.telemetryMessages()).isEqualTo(sequence.path("statuses").size());
    assertThat(queue.step(1).recordsWritten()).isEqualTo(greatest);
    if (expected.equals("error by the cluster's word")) {
      assertThat(queue.step(1).status()).isEqualTo(Status.LOADING);
      queue = after(queue, new JobSeen(1, JobPhase.FAILED, 5, "exit code 3", null, at(60)));
      queue = after(queue, new Tick(at(69), at(71)));
      assertThat(queue.step(1).status())
          .as("before the worker's word can be ruled out")
          .isEqualTo(Status.LOADING);
      queue = after(queue, new Tick(at(70), at(71)));
      assertThat(queue.step(1).status()).isEqualTo(Status.ERROR);
      assertThat(queue.errorMessage()).isEqualTo("step 1 (" + target + "): exit code 3");
    } else {
      assertThat(queue.step(1).status().word()).isEqualTo(expected);
    }
  }

  private static Observation observed(QueueState queue, String message, int offset)
      throws IOException {
    TelemetryMessage read = TelemetryMessage.read(message.getBytes(StandardCharsets.UTF_8));
    Observation observation =
        new TelemetrySighting(read, new Origin("queue-events-0", offset), at(offset)).on(queue);
    assertThat(observation).isInstanceOf(Observation.Reported.class);
    return java.util.Objects.requireNonNull(observation);
  }

  private static String name(JsonNode sequence) {
    return sequence.path("_worker").asText() + ": " + sequence.path("_case").asText();
  }

  private static JsonNode json(String line) {
    try {
      return QueueJson.MAPPER.readTree(line);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
