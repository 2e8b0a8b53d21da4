package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.kafka.OutgoingRecord;
import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import io.streamforge.service.SharedService;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class TellWorkersTest {
  private final RunningService service;

  TellWorkersTest(RunningService service) {
    this.service = service;
  }

  private final String key = UUID.randomUUID().toString();
  private final Work work =
      new Work(List.of(), List.of(), List.of(new OutgoingRecord(key, "{\"command\":\"stop\"}")));

  @Test
  void stop_messages_that_are_due_are_sent() {
    Exchange done = service.call("tell-workers", null, Map.of("work", work));
    assertThat(done.getVariable("stops_sent")).isEqualTo(true);
    assertThat(SendCommandsTest.sent(service, key)).hasSize(1);
  }

  @Test
  void what_could_not_be_sent_counts_as_not_sent() throws Exception {
    try (Undo away = service.failing("send-commands")) {
      Exchange done = service.call("tell-workers", null, Map.of("work", work));
      assertThat(done.getException()).isNull();
      assertThat(done.getVariable("stops_sent")).isEqualTo(false);
    }
    assertThat(SendCommandsTest.sent(service, key)).isEmpty();
  }
}
