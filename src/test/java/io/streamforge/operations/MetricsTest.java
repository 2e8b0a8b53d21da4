package io.streamforge.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.camel.kafka.OutgoingRecord;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class MetricsTest {
  private final RunningService service;

  MetricsTest(RunningService service) {
    this.service = service;
  }

  private final String unknown = UUID.randomUUID().toString();

  @Test
  void every_name_of_the_contract_is_there_with_its_labels() {
    service.get("/queues");
    service.get("/queues/" + unknown);
    service.write(
        "queue.events.topic",
        "{\"status\":\"loading\",\"producer\":\"visualizer__" + unknown + "\"}");
    service.write("queue.events.topic", "not telemetry " + unknown);
    service.call(
        "send-commands",
        List.of(new OutgoingRecord(unknown, "{\"command\":\"start\",\"target\":\"visualizer\"}")),
        Map.of());
    String events = service.setting("queue.events.topic");
    for (String line :
        List.of(
            "http_requests_total{endpoint=\"/queues\",http_status=\"200\",method=\"GET\"}",
            "http_request_duration_seconds_bucket{endpoint=\"/queues\",method=\"GET\",le=",
            "queue_requests_total{endpoint=\"/queues\",outcome=\"success\"}",
            "queue_requests_total{endpoint=\"/queues/{queue_id}\",outcome=\"refused\"}",
            "queue_commands_total{command=\"start\",target=\"visualizer\"}",
            "telemetry_events_total{producer=\"visualizer\",status=\"loading\"}",
            "queues{status=\"pending\"}",
            "telemetry_lag ",
            "telemetry_unattributed_total ",
            "dead_letters_total{topic=\"" + events + "\"}",
            "camel_exchanges_total{",
            "# HELP http_requests_total Total HTTP requests",
            "# HELP queue_requests_total Total number of queue-related API requests",
            "# HELP queue_commands_total Total number of queue control commands sent",
            "# HELP telemetry_events_total Total telemetry events received")) {
      await().untilAsserted(() -> assertThat(service.get("/metrics").body()).contains("\n" + line));
    }
  }

  @Test
  void what_clients_and_workers_make_up_makes_up_no_series() {
    service.get("/queues/" + unknown);
    service.get("/" + unknown);
    service.write(
        "queue.events.topic", "{\"producer\":\"" + unknown + "__x\",\"status\":\"loading\"}");
    await()
        .untilAsserted(
            () -> assertThat(service.get("/metrics").body()).contains("{producer=\"other\""));
    assertThat(service.get("/metrics").body()).doesNotContain(unknown);
    assertThat(
            service
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("queue_requests")))
        .noneMatch(line -> line.contains("/health"));
  }
}
