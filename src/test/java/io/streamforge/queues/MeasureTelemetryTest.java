package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.camel.kafka.GroupHorizon;
import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class MeasureTelemetryTest {
  private final RunningService service;

  MeasureTelemetryTest(RunningService service) {
    this.service = service;
  }

  @Test
  void how_far_telemetry_is_read_follows_the_clock() {
    Instant now = Instant.now();
    await().until(() -> readUntil().isAfter(now));
    assertThat(readUntil()).isBeforeOrEqualTo(Instant.now());
  }

  @Test
  void what_is_written_and_not_read_holds_it_back() throws Exception {
    try (Undo quiet = service.without("hear-telemetry")) {
      service.write("queue.events.topic", "{\"status\":\"loading\"}");
      Instant written = Instant.now();
      await().until(() -> service.bean("telemetryHorizon", GroupHorizon.class).lag() > 0);
      assertThat(readUntil()).isBefore(written);
    }
    Instant later = Instant.now();
    await().atMost(Duration.ofSeconds(20)).until(() -> readUntil().isAfter(later));
    await().until(() -> service.bean("telemetryHorizon", GroupHorizon.class).lag() == 0);
  }

  private Instant readUntil() {
    return service.bean("telemetryHorizon", GroupHorizon.class).readUntil().orElse(Instant.EPOCH);
  }
}
