package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.arango.ArangoDouble;
import io.streamforge.arango.Fault;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole service on ArangoDB, whose server fails while pipelines run. */
class ArangoServiceTest {
  private static final Duration RECOVERY = Duration.ofSeconds(10);

  private final ArangoDouble server = new ArangoDouble();
  private @Nullable RunningService running;

  private RunningService start() {
    RunningService service =
        RunningService.start(
            Map.of(
                "ARANGO_URL",
                server.url(),
                "ARANGO_USER",
                ArangoDouble.USER,
                "ARANGO_PASSWORD",
                ArangoDouble.PASSWORD,
                "ARANGO_TIMEOUT",
                "1s",
                "LOCAL_RECORDS_PER_SECOND",
                "2500"));
    running = service;
    return service;
  }

  @AfterEach
  void stop() {
    if (running != null) {
      running.close();
    }
    server.close();
  }

  @Test
  void a_pipeline_ends_as_it_should_though_its_store_hangs_and_goes_away_meanwhile() {
    runThroughOutages(Duration.ofSeconds(3));
  }

  @Test
  @Tag("endurance")
  void a_pipeline_ends_as_it_should_though_its_store_is_away_for_half_a_minute() {
    runThroughOutages(Duration.ofSeconds(30));
  }

  private void runThroughOutages(Duration outage) {
    RunningService service = start();
    assertThat(service.setting("store")).isEqualTo("arangodb");
    String id = service.startQueue(RunningService.request("historical-pipeline"));
    await().until(() -> service.queue(id).path("records_written").asLong() > 0);

    server.fail(Fault.of(Fault.Kind.HANG), Integer.MAX_VALUE);
    await()
        .pollDelay(outage)
        .atMost(outage.plus(RECOVERY))
        .until(() -> ready(service).statusCode() == 503);
    assertThat(ready(service).body()).contains("\"store\"").doesNotContain(ArangoDouble.PASSWORD);
    assertThat(service.get("/queues/" + id).statusCode()).isEqualTo(503);
    server.heal();
    await().atMost(RECOVERY).until(() -> ready(service).statusCode() == 200);

    server.stop();
    await()
        .pollDelay(outage)
        .atMost(outage.plus(RECOVERY))
        .until(() -> ready(service).statusCode() == 503);
    server.start();
    await().atMost(RECOVERY).until(() -> ready(service).statusCode() == 200);

    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> service.status(id), status -> status.equals("finished"));
    JsonNode queue = service.queue(id);
    assertThat(queue.path("steps"))
        .hasSize(6)
        .allMatch(step -> step.path("status").asText().equals("finished"));
    assertThat(queue.path("steps").get(2).path("records_written").asLong())
        .as("what the connector read is what the loader wrote")
        .isEqualTo(queue.path("steps").get(0).path("records_written").asLong())
        .isEqualTo(8640);
  }

  @Test
  void a_service_whose_store_is_away_from_the_start_is_up_and_serves_once_it_is_there() {
    server.stop();
    RunningService service = start();

    assertThat(service.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(ready(service).body()).contains("ArangoDB at");
    HttpResponse<String> refused = service.post("/queues/start", RunningService.request("single"));
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();

    server.start();

    await().atMost(RECOVERY).until(() -> ready(service).statusCode() == 200);
    String id = service.startQueue(RunningService.request("single"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> service.status(id), status -> status.equals("finished"));
    assertThat(RunningService.json(service.get("/queues")).path("data")).hasSize(1);
  }

  private static HttpResponse<String> ready(RunningService service) {
    return service.get("/health/ready");
  }
}
