package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import io.streamforge.service.Watcher;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class BroadcastUpdatesTest {
  private final RunningService service;

  BroadcastUpdatesTest(RunningService service) {
    this.service = service;
  }

  private final QueueState queue = Planted.finished();

  @Test
  void what_any_process_announces_reaches_those_who_watch() {
    try (Watcher watcher = Watcher.connect(service, "?queue_id=" + queue.id())) {
      await().until(() -> !watcher.texts().isEmpty());
      service.write("queue.updates.topic", update(queue, 1, "loading"));
      await()
          .until(
              () -> watcher.texts().contains("📡 Queue " + queue.id() + " → loading (5 records)"));
    }
  }

  @Test
  void an_older_version_and_what_is_no_update_are_not_shown() {
    try (Watcher watcher = Watcher.connect(service, "?queue_id=" + queue.id())) {
      await().until(() -> !watcher.texts().isEmpty());
      service.write(
          "queue.updates.topic",
          update(queue, 2, "finished"),
          update(queue, 1, "loading"),
          "not an update",
          update(queue, 3, "finished"));
      await().until(() -> shown(watcher).size() >= 2);
      assertThat(shown(watcher)).noneMatch(text -> text.contains("loading"));
    }
  }

  private List<String> shown(Watcher watcher) {
    return watcher.texts().stream().filter(text -> text.contains(queue.id())).toList();
  }

  static String update(QueueState queue, long version, String status) {
    return QueueJson.MAPPER
        .createObjectNode()
        .put("kind", "state")
        .put("queue_id", queue.id())
        .put("version", version)
        .put("last", true)
        .put("status", status)
        .putNull("step")
        .put("records_written", 5)
        .put("at", "2026-01-01T00:00:00Z")
        .put("message", "written by a test")
        .toString();
  }
}
