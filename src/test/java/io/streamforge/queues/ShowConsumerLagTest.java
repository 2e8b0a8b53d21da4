package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.contract.ContractAnswers;
import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class ShowConsumerLagTest {
  private final RunningService service;

  ShowConsumerLagTest(RunningService service) {
    this.service = service;
  }

  private JsonNode lags() {
    HttpResponse<String> answer = service.get("/consumer-lag");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return RunningService.json(answer);
  }

  private JsonNode telemetry() {
    for (JsonNode lag : lags().path("data")) {
      if (lag.path("group").asText().endsWith("-telemetry")
          && lag.path("topic").asText().equals(service.setting("queue.events.topic"))) {
        return lag;
      }
    }
    throw new AssertionError("telemetry is not listed: " + lags());
  }

  @Test
  void each_group_of_ours_is_shown_with_each_partition_that_it_reads() {
    JsonNode answer = lags();
    String instance = service.setting("instance");
    assertThat(answer.path("data"))
        .extracting(lag -> lag.path("group").asText() + " " + lag.path("topic").asText())
        .containsExactlyInAnyOrder(
            instance + "-commands " + service.setting("queue.control.topic"),
            instance + "-telemetry " + service.setting("queue.control.topic"),
            instance + "-telemetry " + service.setting("queue.events.topic"));
    assertThat(ContractAnswers.faults("/consumer-lag", "get", 200, answer)).isEmpty();
  }

  @Test
  void what_is_written_and_not_read_shows_with_its_age_until_it_is_read() throws Exception {
    Instant before = Instant.now().minusMillis(1);
    try (Undo quiet = service.without("hear-telemetry")) {
      service.write("queue.events.topic", "{\"status\":\"loading\"}", "{\"status\":\"loading\"}");
      JsonNode lag = telemetry();
      assertThat(lag.path("records").asLong()).isGreaterThanOrEqualTo(2);
      assertThat(lag.path("end_offset").asLong() - lag.path("committed_offset").asLong())
          .isEqualTo(lag.path("records").asLong());
      assertThat(Instant.parse(lag.path("oldest_unread_at").asText()))
          .isBetween(before.minusSeconds(30), Instant.now());
    }
    JsonNode read =
        await()
            .atMost(Duration.ofSeconds(20))
            .until(this::telemetry, lag -> lag.path("records").asLong() == 0);
    assertThat(read.path("oldest_unread_at").isNull()).isTrue();
  }

  @Test
  void it_takes_no_parameters() {
    assertThat(service.get("/consumer-lag?group=x").statusCode()).isEqualTo(422);
  }
}
