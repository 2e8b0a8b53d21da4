package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.contract.Refusal;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class RefuseUnknownQueueTest {
  private final RunningService service;

  RefuseUnknownQueueTest(RunningService service) {
    this.service = service;
  }

  @Test
  void it_refuses_and_says_where_queues_are_listed() {
    Exchange refused = service.call("refuse-unknown-queue", null, Map.of());
    assertThat(refused.getException())
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(404);
              assertThat(refusal).hasMessageContaining("GET /queues");
            });
  }

  @Test
  void a_queue_that_is_known_is_not_refused() {
    QueueState queue = Planted.store(service, Planted.finished());
    assertThat(service.get("/queues/" + queue.id()).statusCode()).isEqualTo(200);
  }
}
