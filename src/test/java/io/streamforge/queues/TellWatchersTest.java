package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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
class TellWatchersTest {
  private final RunningService service;

  TellWatchersTest(RunningService service) {
    this.service = service;
  }

  private final String key = UUID.randomUUID().toString();

  @Test
  void start_messages_go_out_behind_the_back_of_the_caller() {
    service.send("seda:tell-watchers", List.of(new OutgoingRecord(key, "{}")), Map.of());
    await().until(() -> SendCommandsTest.sent(service, key).size() == 1);
  }

  @Test
  void no_message_is_no_reason_to_ask_kafka() throws Exception {
    try (Undo away = service.failing("send-commands")) {
      Exchange done =
          service.send("seda:tell-watchers?waitForTaskToComplete=Always", List.of(), Map.of());
      assertThat(done.getException()).isNull();
    }
    assertThat(SendCommandsTest.sent(service, key)).isEmpty();
  }
}
