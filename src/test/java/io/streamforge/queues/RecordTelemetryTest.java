package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.kafka.KafkaRecord;
import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class RecordTelemetryTest {
  private final RunningService service;

  RecordTelemetryTest(RunningService service) {
    this.service = service;
  }

  private final QueueState queue = Planted.pending();

  @Test
  void what_a_worker_says_is_stored_and_announced() throws Exception {
    try (Undo quiet = service.without("resume-unfinished", "announce-missed")) {
      Planted.store(service, queue);
      TelemetryBatch batch = record(telemetry(queue));
      assertThat(batch.strays()).isZero();
      assertThat(Planted.load(service, queue).status()).isEqualTo(Status.FINISHED);
      assertThat(service.updates("queue_id", queue.id()))
          .anyMatch(update -> update.path("status").asText().equals("finished"));
    }
  }

  @Test
  void what_nobody_can_read_is_buried_and_changes_nothing() {
    QueueState ended = Planted.store(service, Planted.finished());
    String unreadable = "not telemetry of " + ended.id();
    TelemetryBatch batch = record(unreadable);
    assertThat(batch.heard()).isEmpty();
    assertThat(Planted.load(service, ended)).isEqualTo(ended);
    assertThat(HearTelemetryTest.buried(service, unreadable)).isTrue();
  }

  @Test
  void what_cannot_be_taken_in_is_buried_and_what_is_read_with_it_is_stored() throws Exception {
    try (Undo quiet = service.without("resume-unfinished", "announce-missed")) {
      Planted.store(service, queue);
      QueueState broken = Planted.unreadable(service);
      String lost = telemetry(broken);

      record(lost, telemetry(queue));

      assertThat(HearTelemetryTest.buried(service, lost)).isTrue();
      assertThat(HearTelemetryTest.buried(service, telemetry(queue))).isFalse();
      assertThat(Planted.load(service, queue).status()).isEqualTo(Status.FINISHED);
    }
  }

  private TelemetryBatch record(String... values) {
    String topic = service.setting("queue.events.topic");
    List<KafkaRecord> poll = new ArrayList<>();
    for (String value : values) {
      poll.add(Commands.record(topic, poll.size(), value));
    }
    Exchange done = service.call("record-telemetry", poll, Map.of());
    assertThat(done.getException()).isNull();
    return done.getVariable("batch", TelemetryBatch.class);
  }

  static String telemetry(QueueState queue) {
    return QueueJson.MAPPER
        .createObjectNode()
        .put("type", "telemetry")
        .put("queue_id", queue.id())
        .put("producer", queue.step(1).telemetryId())
        .put("status", "finished")
        .put("records_written", 9)
        .toString();
  }
}
