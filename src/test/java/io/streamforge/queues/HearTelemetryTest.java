package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.camel.kafka.Records;
import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class HearTelemetryTest {
  private final RunningService service;

  HearTelemetryTest(RunningService service) {
    this.service = service;
  }

  private final QueueState queue = Planted.pending();

  @Test
  void both_shared_topics_are_heard() throws Exception {
    QueueState second = Planted.pending();
    try (Undo quiet = service.without("resume-unfinished")) {
      Planted.store(service, queue);
      Planted.store(service, second);
      service.write("queue.events.topic", RecordTelemetryTest.telemetry(queue));
      service.write("queue.control.topic", RecordTelemetryTest.telemetry(second));
      await().until(() -> Planted.load(service, queue).status() == Status.FINISHED);
      await().until(() -> Planted.load(service, second).status() == Status.FINISHED);
      assertThat(Planted.load(service, queue).recordsWritten()).isEqualTo(9);
    }
  }

  @Test
  void what_is_no_telemetry_changes_nothing_and_stops_nothing() throws Exception {
    String unreadable = "not telemetry: " + queue.id();
    try (Undo quiet = service.without("resume-unfinished")) {
      Planted.store(service, queue);
      QueueState second = Planted.store(service, Planted.pending());
      String unmarked = RecordTelemetryTest.telemetry(queue).replace("\"type\":\"telemetry\",", "");
      service.write("queue.control.topic", unmarked, RecordTelemetryTest.telemetry(second));
      service.write("queue.events.topic", unreadable);
      await().until(() -> Planted.load(service, second).status() == Status.FINISHED);
      await().until(() -> buried(service, unreadable));
      assertThat(Planted.load(service, queue)).isEqualTo(queue);
    }
  }

  /** Whether a text is among the dead letters of telemetry. */
  static boolean buried(RunningService service, String text) {
    String topic = service.setting("queue.events.topic") + ".dlq";
    return Records.values(TestBroker.bootstrapServers(), topic).contains(text);
  }
}
