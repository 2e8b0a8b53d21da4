package io.streamforge.stores;

import static io.streamforge.stores.Fixtures.EVERYTHING;
import static io.streamforge.stores.Fixtures.change;
import static io.streamforge.stores.Fixtures.claiming;
import static io.streamforge.stores.Fixtures.queue;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.sql.SharedH2DataSource;
import io.streamforge.queues.QueueChange;
import io.streamforge.queues.QueueFilter;
import io.streamforge.queues.StoredQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints what the embedded database takes with few and with many queues. */
@Tag("benchmark")
class H2StoreBenchmark {
  @TempDir Path folder;

  @Test
  void a_page_costs_the_same_with_a_thousand_and_a_million_queues() throws Exception {
    for (int rows : List.of(1_000, 1_000_000)) {
      Path home = Files.createDirectory(folder.resolve("rows" + rows));
      fill(home, rows);
      try (Store store = new Store("h2", Map.of("data.dir", home.toString()))) {
        System.out.printf("--- %,d queues, %,d bytes%n", rows, size(home));
        measure(store);
      }
    }
  }

  @Test
  void writes_are_measured_and_their_space_is_reused() throws Exception {
    try (Store store = new Store("h2", Map.of("data.dir", folder.toString()))) {
      time("save-queue", 2_000, () -> store.saveQueue(queue()));
      List<StoredQueue> queues = IntStream.range(0, 200).mapToObj(i -> queue()).toList();
      queues.forEach(store::saveQueue);
      List<StoredQueue> current = new ArrayList<>(queues);
      long end = System.nanoTime() + Duration.ofSeconds(150).toNanos();
      while (System.nanoTime() < end) {
        time(
            "update-queues of 20, file " + size(folder),
            2_000,
            () -> {
              List<QueueChange> changes = new ArrayList<>();
              for (int i = 0; i < 20; i++) {
                int at = (int) (Math.random() * current.size());
                QueueChange change = change(current.get(at), "loading", true);
                changes.add(change);
                current.set(at, change.next());
              }
              return store.updateQueues(changes);
            });
      }
      List<Callable<Integer>> writers =
          IntStream.range(0, 8)
              .<Callable<Integer>>mapToObj(
                  i ->
                      () -> {
                        for (int n = 0; n < 1_000; n++) {
                          store.saveQueue(queue());
                        }
                        return 0;
                      })
              .toList();
      long start = System.nanoTime();
      StoreContractTest.atOnce(writers);
      System.out.printf("8 writers: %,.0f queues/s%n", 8_000e9 / (System.nanoTime() - start));
    }
    System.out.printf("file after the end: %,d bytes%n", size(folder));
  }

  private static void measure(Store store) throws Exception {
    List<String> newest = store.pageQueues(EVERYTHING);
    String id = newest.get(500).substring(7, 43);
    time("load-queue", 20_000, () -> store.loadQueue(id));
    page(store, "all", filter(List.of(), List.of(), null));
    page(store, "status=finished", filter(List.of("finished"), List.of(), null));
    page(store, "status=error", filter(List.of("error"), List.of(), null));
    page(store, "status=pending,loading", filter(List.of("pending", "loading"), List.of(), null));
    page(store, "symbol=S7", filter(List.of(), List.of("S7"), null));
    page(
        store,
        "type",
        new QueueFilter(List.of(), List.of(), List.of("api_trades"), List.of(), 50, null));
    page(store, "status=finished symbol=S7", filter(List.of("finished"), List.of("S7"), null));
    page(store, "status=error symbol=S7", filter(List.of("error"), List.of("S7"), null));
    page(store, "status=loading symbol=S7", filter(List.of("loading"), List.of("S7"), null));
    page(
        store,
        "all, from the middle",
        filter(
            List.of(), List.of(), new QueueFilter.Position(Instant.EPOCH.plusSeconds(500), "x")));
    time(
        "load-queues of 100",
        200,
        () ->
            store.loadQueues(
                newest.subList(0, 100).stream().map(d -> d.substring(7, 20)).toList()));
    time("list-open-queues", 200, () -> store.listOpenQueues(null));
    time("list-open-queues since", 200, () -> store.listOpenQueues(Instant.EPOCH));
    time("count-live-jobs", 1_000, store::countLiveJobs);
    time("count-queues", 1_000, store::countQueues);
    time("save-queue", 1_000, () -> store.saveQueue(queue()));
    time(
        "save-queue of a key",
        1_000,
        () ->
            store.saveQueue(
                claiming(queue(), UUID.randomUUID().toString(), Instant.now().plusSeconds(60))));
  }

  private static QueueFilter filter(
      List<String> statuses, List<String> symbols, QueueFilter.@Nullable Position after) {
    return new QueueFilter(statuses, symbols, List.of(), List.of(), 50, after);
  }

  private static void page(Store store, String name, QueueFilter filter) throws Exception {
    time(
        "page of 50, " + name + ", found " + store.pageQueues(filter).size(),
        200,
        () -> store.pageQueues(filter));
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

  /** Queues of 100 symbols; one in a hundred ended in an error, the newest hundred are open. */
  private static void fill(Path home, int rows) throws Exception {
    String file = home.resolve("streamforge").toString();
    try (var source = new SharedH2DataSource(file, "h2/schema.sql", 2, Duration.ofSeconds(4));
        var connection = source.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("SET WRITE_DELAY 500");
      int chunk = 50_000;
      for (int from = 1; from <= rows; from += chunk) {
        statement.execute(
            """
            INSERT INTO queue (id, version, status, listed_status, symbol, types, targets, created_at,
              updated_at, open, live_jobs, document)
            SELECT id, 1, status, status, 'S' || MOD(x, 100), ARRAY['api_trades'], ARRAY['loader-producer'],
              DATEADD('MILLISECOND', x, TIMESTAMP WITH TIME ZONE '1970-01-01 00:00:00Z'),
              TIMESTAMP WITH TIME ZONE '1969-01-01 00:00:00Z', status = 'loading',
              CASE status WHEN 'loading' THEN 2 ELSE 0 END, '{"id":"' || id || '",' || REPEAT('x', 500) || '}'
            FROM (SELECT x, INSERT(LPAD(x, 12, '0'), 9, 0, '-') || '-4d44-bc81-1f902a222eee' AS id,
              CASE WHEN x > %1$d - 100 THEN 'loading' WHEN MOD(x, 97) = 0 THEN 'error' ELSE 'finished' END AS status
              FROM SYSTEM_RANGE(%2$d, %3$d))
            """
                .formatted(rows, from, Math.min(rows, from + chunk - 1)));
      }
      for (String label :
          List.of(
              "'any'",
              "'status:' || status",
              "'symbol:' || symbol",
              "'type:api_trades'",
              "'target:loader-producer'")) {
        statement.execute(
            "INSERT INTO queue_label SELECT " + label + ", created_at, id FROM queue");
      }
      statement.execute(
          "INSERT INTO queue_tally SELECT status, COUNT(*) FROM queue GROUP BY status");
      assertThat(statement.executeQuery("SELECT COUNT(*) FROM queue").next()).isTrue();
    }
  }

  private static long size(Path folder) throws Exception {
    return Files.size(folder.resolve("streamforge.mv.db"));
  }
}
