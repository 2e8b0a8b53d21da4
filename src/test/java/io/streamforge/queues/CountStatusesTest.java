package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.queues.Observation.Word;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedService.class)
class CountStatusesTest {
  private final RunningService service;

  CountStatusesTest(RunningService service) {
    this.service = service;
  }

  @Test
  void the_gauge_follows_the_store() {
    long failed = stored("error");
    Planted.store(service, Planted.ended(Planted.symbol(), Word.ERROR));
    Planted.store(service, Planted.ended(Planted.symbol(), Word.ERROR));
    assertThat(stored("error")).isEqualTo(failed + 2);
    await().until(() -> gauge("error") == stored("error"));
    await().until(() -> gauge("stopping") == stored("stopping"));
  }

  @Test
  void every_status_is_shown_even_when_no_queue_has_it() {
    await().until(() -> service.get("/metrics").body().contains("queues{"));
    for (Status status : Status.values()) {
      assertThat(gauge(status.word())).as(status.word()).isNotNegative();
    }
    assertThat(service.get("/metrics").body()).doesNotContain("queues{status=\"unknown\"}");
  }

  private long stored(String status) {
    Exchange done = service.call("count-queues", null, Map.of());
    return (Long) done.getMessage().getBody(Map.class).getOrDefault(status, 0L);
  }

  private double gauge(String status) {
    return service
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("queues{status=\"" + status + "\"}"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(" "))))
        .findFirst()
        .orElse(-1);
  }
}
