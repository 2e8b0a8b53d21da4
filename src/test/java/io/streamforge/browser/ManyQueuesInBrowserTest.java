package io.streamforge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.benchmark.Report;
import io.streamforge.benchmark.StoredQueues;
import io.streamforge.service.RunningService;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ten thousand queues and five hundred updates a second: what the page makes of them. */
@ExtendWith(InBrowser.class)
class ManyQueuesInBrowserTest {
  private static final int QUEUES = 10_000;
  private static final int UPDATES_PER_SECOND = 500;
  private static final double LEAST_UPDATES_PER_SECOND = 450;
  private static final int PAGE = 50;
  private static final double MOST_MEGABYTES = 150;
  private static final double MOST_MILLIS_A_FRAME = 100;

  /** Elements, texts and what is no longer shown and not yet collected. */
  private static final double MOST_NODES = 30_000;

  private final Report report = new Report();
  private RunningService service;
  private Page page;
  private PageMeter meter;

  @BeforeEach
  void fill() throws Exception {
    service = RunningService.start(Dashboard.settings(Map.of("LOCAL_TICK", "1h")));
    DataSource store = service.bean("store", DataSource.class);
    String model = Started.like(service, "single");
    StoredQueues.fill(store, model, QUEUES);
    meter = PageMeter.start();
    page = new Page(meter.driver(), service.uri("/"));
  }

  @AfterEach
  void end() {
    meter.close();
    service.close();
  }

  @Test
  void the_list_takes_little_memory() {
    list(2_000);
  }

  @Test
  @Tag("benchmark")
  void the_pages_stay_quick_and_small() {
    PageMeter.Reading list = list(20_000);
    String shown = String.format("%08d-0000-4000-8000-000000000000", QUEUES);
    page.go("#/queues/" + shown).awaitShown(".history li");
    PageMeter.Reading queue = watch("one queue", List.of(shown), 10_000);
    report.print();
    assertThat(list.updatesPerSecond()).isGreaterThan(LEAST_UPDATES_PER_SECOND);
    assertThat(List.of(list.longestFrame(), queue.longestFrame()))
        .allSatisfy(frame -> assertThat(frame).isLessThan(MOST_MILLIS_A_FRAME));
  }

  private PageMeter.Reading list(int updates) {
    page.open(Look.DESKTOP, "/").until("a page is listed", () -> page.count(".rows li") == PAGE);
    PageMeter.Reading reading = watch("the list", ids(QUEUES - PAGE + 2), updates);
    assertThat(page.count(".rows li")).isEqualTo(PAGE);
    return reading;
  }

  private static List<String> ids(int first) {
    return IntStream.rangeClosed(first, QUEUES)
        .mapToObj(number -> String.format("%08d-0000-4000-8000-000000000000", number))
        .toList();
  }

  private PageMeter.Reading watch(String subject, List<String> listed, int updates) {
    String topic = service.setting("queue.updates.topic");
    try (UpdateStorm storm = new UpdateStorm(topic, ids(1), listed, UPDATES_PER_SECOND)) {
      PageMeter.Reading reading = meter.watch(updates);
      report.add("%s: %s", subject, reading);
      report.limit(subject + ", longest frame", reading.longestFrame(), MOST_MILLIS_A_FRAME, "ms");
      report.limit(subject + ", heap", reading.heapMegabytes(), MOST_MEGABYTES, "MB");
      report.limit(subject + ", process", reading.processMegabytes(), MOST_MEGABYTES, "MB");
      assertThat(reading.heapMegabytes()).isBetween(1.0, MOST_MEGABYTES);
      assertThat(reading.processMegabytes()).isBetween(1.0, MOST_MEGABYTES);
      assertThat(reading.nodes()).isLessThan(MOST_NODES);
      return reading;
    }
  }
}
