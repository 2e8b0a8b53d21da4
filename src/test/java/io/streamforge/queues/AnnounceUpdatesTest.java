package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class AnnounceUpdatesTest {
  private final RunningService service;

  AnnounceUpdatesTest(RunningService service) {
    this.service = service;
  }

  private final QueueState queue = Planted.finished();

  @Test
  void every_change_of_status_is_told_once() {
    announce();
    List<JsonNode> told = service.updates("queue_id", queue.id());
    assertThat(told)
        .filteredOn(update -> update.path("kind").asText().equals("state"))
        .filteredOn(update -> update.path("step").isNull())
        .extracting(update -> update.path("status").asText())
        .containsExactly("pending", "loading", "finished");
    announce();
    assertThat(service.updates("queue_id", queue.id())).hasSameSizeAs(told);
  }

  @Test
  void what_did_not_reach_the_broker_counts_as_not_told() throws Exception {
    try (Undo away = service.failing("publish-updates")) {
      Exchange failed = service.call("announce-updates", List.of(queue), Map.of());
      assertThat(failed.getException()).hasMessageContaining("is away");
    }
    assertThat(service.updates("queue_id", queue.id())).isEmpty();
    announce();
    assertThat(service.updates("queue_id", queue.id())).isNotEmpty();
  }

  private void announce() {
    assertThat(service.call("announce-updates", List.of(queue), Map.of()).getException()).isNull();
  }
}
