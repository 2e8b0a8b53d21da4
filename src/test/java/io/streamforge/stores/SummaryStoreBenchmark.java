package io.streamforge.stores;

import static io.streamforge.stores.SummaryFixtures.open;

import io.streamforge.camel.sql.SharedH2DataSource;
import io.streamforge.summaries.LoadQuery;
import io.streamforge.summaries.ReadPosition;
import io.streamforge.summaries.StoredSummary;
import io.streamforge.summaries.SummaryFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Prints what the embedded database takes with few and with many summaries. */
@Tag("benchmark")
class SummaryStoreBenchmark {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path folder;

  @Test
  void an_endpoint_costs_the_same_with_a_thousand_and_a_hundred_thousand_summaries()
      throws Exception {
    for (int rows : List.of(1_000, 100_000)) {
      Path home = Files.createDirectory(folder.resolve("rows" + rows));
      fill(home, rows);
      try (Store store = new Store("h2", Map.of("data.dir", home.toString()))) {
        System.out.printf(
            "--- %,d summaries, %,d bytes%n", rows, Files.size(home.resolve("streamforge.mv.db")));
        measure(store, rows);
      }
    }
  }

  private static void measure(Store store, int rows) throws Exception {
    Instant end = Instant.EPOCH.plusSeconds(rows);
    AtomicLong millis = new AtomicLong();
    time("load-summary", 2_000, () -> store.loadSummary("id-" + rows / 2));
    time("list-thread-summaries", 2_000, () -> store.listThreadSummaries("t" + rows / 20));
    time("list-due-summaries, 20 due", 1_000, () -> store.listDueSummaries(end));
    time(
        "measure-load, 20 and 60 within the window",
        1_000,
        () -> store.measureLoad(new LoadQuery(end.minusSeconds(rows / 5), "r7", "c7")));
    time("page of 100", 200, () -> store.pageSummaries(filter("", "")));
    time("page of 100, one state", 200, () -> store.pageSummaries(filter("failed", "")));
    time("page of one thread", 1_000, () -> store.pageSummaries(filter("", "t" + rows / 20)));
    time("save-summary", 500, () -> store.saveSummary(open().summary()));
    StoredSummary[] last = {open().summary()};
    store.saveSummary(last[0]);
    time(
        "update-summary",
        500,
        () -> {
          var change = new SummaryFixtures(last[0]).to(new SummaryFixtures(last[0]));
          last[0] = change.next();
          return store.updateSummary(change);
        });
    time(
        "save-position",
        500,
        () -> {
          store.savePosition(new ReadPosition("channel", millis.incrementAndGet()));
          return 0;
        });
    time("purge-summaries, none", 200, () -> store.purgeSummaries(Instant.EPOCH));
    long start = System.nanoTime();
    long gone = store.purgeSummaries(end.plus(Duration.ofDays(3650)));
    System.out.printf(
        "%-60s %,12.1f µs%n", "purge-summaries, " + gone, (System.nanoTime() - start) / 1e3);
  }

  private static SummaryFilter filter(String state, String thread) {
    return new SummaryFilter(state, thread, 101, null);
  }

  private static void time(String name, int times, Callable<?> call) throws Exception {
    for (int i = 0; i < times / 2; i++) {
      call.call();
    }
    long start = System.nanoTime();
    for (int i = 0; i < times; i++) {
      call.call();
    }
    System.out.printf("%-60s %,12.1f µs%n", name, (System.nanoTime() - start) / 1e3 / times);
  }

  /** One a second; ten of each thread, one in ten failed, the newest twenty are open. */
  private static void fill(Path home, int rows) {
    String file = home.resolve("streamforge").toString();
    try (var source = new SharedH2DataSource(file, "h2/schema.sql", 2, Duration.ofSeconds(4))) {
      new JdbcTemplate(source)
          .update(
              """
              INSERT INTO summary (id, version, open, state, thread, channel, requester, counted, created_at, due_at,
                expires_at, document)
              SELECT 'id-' || x, 3, x > %1$d - 20, CASE WHEN MOD(x, 10) = 0 THEN 'failed' ELSE 'finished' END,
                't' || x / 10, 'c' || MOD(x, %1$d / 300), 'r' || MOD(x, %1$d / 100), TRUE,
                DATEADD('SECOND', x, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00Z'),
                CASE WHEN x > %1$d - 20 THEN TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00Z' END,
                DATEADD('DAY', 30, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00Z'),
                '{"id":"' || x || '","text":"' || REPEAT('x', 4000) || '"}' FROM SYSTEM_RANGE(1, %1$d)
              """
                  .formatted(rows));
    }
  }
}
