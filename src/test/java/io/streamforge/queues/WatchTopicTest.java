package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import io.streamforge.service.Watcher;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class WatchTopicTest {
  private final RunningService service;

  WatchTopicTest(RunningService service) {
    this.service = service;
  }

  private final QueueState queue = Planted.finished();
  private final QueueState other = Planted.finished();

  @Test
  void a_client_is_greeted_first() {
    try (Watcher text = Watcher.connect(service, "");
        Watcher json = Watcher.connect(service, "?format=json")) {
      await().until(() -> !text.texts().isEmpty() && !json.texts().isEmpty());
      assertThat(text.texts().get(0)).isEqualTo("✅ WebSocket connected");
      JsonNode greeting = RunningService.json(json.texts().get(0));
      assertThat(greeting.path("message").asText()).isEqualTo("✅ WebSocket connected");
      assertThat(greeting.path("seq").isNull()).isTrue();
    }
  }

  @Test
  void a_filter_lets_through_one_queue_only() {
    try (Watcher watcher = Watcher.connect(service, "?queue_id=" + queue.id())) {
      await().until(() -> !watcher.texts().isEmpty());
      announce(other);
      announce(queue);
      await().until(() -> watcher.texts().stream().anyMatch(text -> text.contains(queue.id())));
      assertThat(watcher.texts()).noneMatch(text -> text.contains(other.id()));
    }
  }

  @Test
  void a_client_that_comes_back_gets_what_it_missed_and_nothing_twice() {
    long last;
    try (Watcher watcher = Watcher.connect(service, "?format=json&queue_id=" + queue.id())) {
      await().until(() -> !watcher.texts().isEmpty());
      announce(queue);
      await().until(() -> watcher.texts().stream().anyMatch(text -> text.contains("finished")));
      last = sequences(watcher).get(sequences(watcher).size() - 1);
    }
    announce(other);
    try (Watcher watcher = Watcher.connect(service, "?format=json&since=" + last)) {
      await().until(() -> watcher.texts().stream().anyMatch(text -> text.contains(other.id())));
      assertThat(sequences(watcher)).isSorted().allMatch(sequence -> sequence > last);
      assertThat(watcher.texts()).noneMatch(text -> text.contains(queue.id()));
      assertThat(watcher.texts()).noneMatch(text -> text.contains("no longer be replayed"));
    }
  }

  @Test
  void a_gap_that_cannot_be_replayed_is_said() {
    int more = Integer.parseInt(service.setting("ws.replay")) + 1;
    try (Watcher live = Watcher.connect(service, "?format=json")) {
      await().until(() -> !live.texts().isEmpty());
      service.write(
          "queue.updates.topic",
          IntStream.rangeClosed(1, more)
              .mapToObj(version -> BroadcastUpdatesTest.update(queue, version, "loading"))
              .toArray(String[]::new));
      await()
          .until(
              () -> live.texts().stream().anyMatch(text -> text.contains("\"version\":" + more)));
    }
    try (Watcher watcher = Watcher.connect(service, "?since=0")) {
      await()
          .until(
              () ->
                  watcher.texts().stream()
                      .anyMatch(text -> text.contains("can no longer be replayed")));
    }
  }

  private void announce(QueueState news) {
    assertThat(service.call("announce-updates", List.of(news), Map.of()).getException()).isNull();
  }

  private static List<Long> sequences(Watcher watcher) {
    return watcher.texts().stream()
        .map(RunningService::json)
        .filter(frame -> frame.path("seq").isNumber())
        .map(frame -> frame.path("seq").asLong())
        .toList();
  }
}
