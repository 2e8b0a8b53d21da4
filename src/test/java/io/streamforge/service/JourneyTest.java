package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The two pipelines of real users, from their start to their end. */
class JourneyTest {
  private static RunningService service;

  @BeforeAll
  static void start() {
    service = RunningService.start(Map.of());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @Test
  void the_historical_pipeline_runs_to_its_end_and_everybody_sees_it() {
    try (Watcher watcher = Watcher.connect(service, "")) {
      String id = service.startQueue(RunningService.request("historical-pipeline"));
      await()
          .atMost(Duration.ofSeconds(90))
          .until(() -> service.status(id), status -> status.equals("finished"));

      JsonNode queue = service.queue(id);
      assertThat(queue.path("steps"))
          .hasSize(6)
          .allMatch(step -> step.path("status").asText().equals("finished"));
      assertThat(queue.path("steps").get(2).path("records_written").asLong())
          .as("what the connector read is what the loader wrote")
          .isEqualTo(queue.path("steps").get(0).path("records_written").asLong())
          .isEqualTo(8640);
      assertThat(queue.path("error_message").isNull()).isTrue();
      String line =
          "📡 Queue " + id + " → finished (" + queue.path("records_written").asLong() + " records)";
      await().until(() -> watcher.texts().contains(line));
      assertThat(watcher.texts().get(0)).isEqualTo("✅ WebSocket connected");
      assertThat(order(id, 3))
          .as("a loader waits for those who read its topic")
          .isLessThan(order(id, 1));
      assertThat(order(id, 6)).as("a trainer waits for its graph").isGreaterThan(order(id, 5));
    }
  }

  @Test
  void the_realtime_pipeline_runs_until_it_is_stopped_and_nothing_lives_on() {
    String id = service.startQueue(RunningService.request("realtime-pipeline"));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                StreamSupport.stream(service.queue(id).path("steps").spliterator(), false)
                    .allMatch(step -> step.path("status").asText().equals("loading")));

    JsonNode answer =
        RunningService.json(service.post("/queues/stop?queue_id=" + id + "&wait=30", ""));

    assertThat(answer.path("message").asText()).isEqualTo("Queue stopped");
    assertThat(answer.path("data").path("state").asText()).isEqualTo("stopped");
    JsonNode queue = service.queue(id);
    assertThat(queue.path("steps"))
        .hasSize(7)
        .allMatch(step -> step.path("status").asText().equals("stopped"))
        .noneMatch(step -> step.path("job").path("phase").asText().equals("running"));
    JsonNode events =
        RunningService.json(service.get("/queues/" + id + "/events")).path("data").path("events");
    assertThat(events)
        .anyMatch(
            e ->
                e.path("to").asText().equals("stopping")
                    && e.path("channel").asText().equals("rest"));
    assertThat(events)
        .anyMatch(e -> e.path("to").asText().equals("stopped") && e.path("step").isNull());
  }

  /** When a step was first seen at work, as its place in the history. */
  private static int order(String id, int step) {
    JsonNode events =
        RunningService.json(service.get("/queues/" + id + "/events")).path("data").path("events");
    for (int at = 0; at < events.size(); at++) {
      if (events.get(at).path("step").asInt() == step
          && events.get(at).path("to").asText().equals("loading")) {
        return at;
      }
    }
    throw new AssertionError("step " + step + " was never at work");
  }
}
