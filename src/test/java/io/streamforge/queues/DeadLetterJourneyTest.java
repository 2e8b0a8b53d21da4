package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.queues.Observation.JobCreated;
import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From a message that cannot be taken in to the moment when it is. */
@ExtendWith(SharedService.class)
class DeadLetterJourneyTest {
  private final RunningService service;
  private final QueueState queue = Planted.pending();
  private final String telemetry = RecordTelemetryTest.telemetry(queue);

  DeadLetterJourneyTest(RunningService service) {
    this.service = service;
  }

  @Test
  void what_is_sent_again_once_its_cause_is_mended_is_heard() throws Exception {
    try (Undo quiet = service.without("resume-unfinished", "announce-missed")) {
      Planted.unreadable(service, queue);
      service.write("queue.events.topic", telemetry);

      JsonNode letter = Letters.awaitWith(service, queue.id());
      assertThat(letter.path("error").asText()).contains("a stored queue cannot be read");

      JsonNode again = resendAndAwaitAnother(letter);
      assertThat(again.path("resent_from").asText()).as("sent too early").isNotEmpty();

      QueueState mended = mend();
      assertThat(mended.recordsWritten()).isZero();
      assertThat(Letters.resend(service, again.path("id").asText()).statusCode()).isEqualTo(200);

      await().until(() -> Planted.load(service, queue).status() == Status.FINISHED);
      assertThat(Planted.load(service, queue).recordsWritten()).isEqualTo(9);
      assertThat(Letters.with(service, queue.id()).orElseThrow().path("id"))
          .as("no third letter")
          .isEqualTo(again.path("id"));
    }
  }

  private JsonNode resendAndAwaitAnother(JsonNode letter) {
    assertThat(Letters.resend(service, letter.path("id").asText()).statusCode()).isEqualTo(200);
    return await()
        .until(
            () -> Letters.with(service, queue.id()).orElseThrow(),
            newest -> !newest.path("id").equals(letter.path("id")));
  }

  /** What an operator does who corrects the document. */
  private QueueState mend() {
    QueueState mended = Queues.after(queue, new JobCreated(1, queue.updatedAt()));
    QueueChange change = new QueueChange(queue.version(), QueueJson.stored(mended, null));
    Exchange done = service.call("update-queues", List.of(change), Map.of());
    assertThat(done.getMessage().getBody(List.class)).isEmpty();
    return mended;
  }
}
