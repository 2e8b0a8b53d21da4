package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class RequestStopTest {
  private final RunningService service;

  RequestStopTest(RunningService service) {
    this.service = service;
  }

  @Test
  void the_stop_is_stored_with_who_asked_and_answered() {
    QueueState queue = Planted.store(service, Planted.pending());
    Exchange done = request(queue.id());
    assertThat(done.getMessage().getBody(ObjectNode.class).path("data").path("queue_id").asText())
        .isEqualTo(queue.id());
    assertThat(Planted.load(service, queue).stopRequestedAt()).isNotNull();
    assertThat(Planted.load(service, queue).history())
        .anyMatch(entry -> entry.by().equals("a test"));
    await().until(() -> service.status(queue.id()).equals("stopped"));
  }

  @Test
  void a_queue_that_does_not_exist_cannot_be_stopped() {
    String unknown = UUID.randomUUID().toString();
    assertThat(request(unknown).getException()).hasStackTraceContaining("There is no such queue");
    assertThat(service.updates("queue_id", unknown)).isEmpty();
  }

  private Exchange request(String queueId) {
    return service.call("request-stop", queueId, Map.of("requester", "a test"));
  }
}
