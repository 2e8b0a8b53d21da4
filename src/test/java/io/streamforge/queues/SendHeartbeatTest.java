package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import io.streamforge.service.Watcher;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class SendHeartbeatTest {
  private final RunningService service;

  SendHeartbeatTest(RunningService service) {
    this.service = service;
  }

  private static final String HEARTBEAT = "💓 heartbeat";

  @Test
  void those_who_watch_hear_it_again_and_again() {
    try (Watcher text = Watcher.connect(service, "?queue_id=" + UUID.randomUUID());
        Watcher json = Watcher.connect(service, "?format=json")) {
      await().until(() -> text.texts().stream().filter(HEARTBEAT::equals).count() >= 2);
      await().until(() -> json.texts().stream().anyMatch(frame -> frame.contains(HEARTBEAT)));
    }
  }

  @Test
  void it_is_no_update() {
    try (Watcher json = Watcher.connect(service, "?format=json&queue_id=" + UUID.randomUUID())) {
      await().until(() -> json.texts().stream().anyMatch(frame -> frame.contains(HEARTBEAT)));
      assertThat(json.texts())
          .extracting(RunningService::json)
          .allMatch(frame -> frame.path("seq").isNull() && frame.path("queue_id").isNull());
    }
  }
}
