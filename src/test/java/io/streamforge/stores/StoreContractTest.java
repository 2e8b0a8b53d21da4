package io.streamforge.stores;

import static io.streamforge.stores.Fixtures.EVERYTHING;
import static io.streamforge.stores.Fixtures.NOON;
import static io.streamforge.stores.Fixtures.change;
import static io.streamforge.stores.Fixtures.claiming;
import static io.streamforge.stores.Fixtures.createdAt;
import static io.streamforge.stores.Fixtures.document;
import static io.streamforge.stores.Fixtures.found;
import static io.streamforge.stores.Fixtures.job;
import static io.streamforge.stores.Fixtures.queue;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.queues.OpenQueue;
import io.streamforge.queues.QueueFilter;
import io.streamforge.queues.StoredQueue;
import io.streamforge.workers.JobChange;
import io.streamforge.workers.JobClaim;
import io.streamforge.workers.StoredJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.util.FileSystemUtils;

/** What a store promises; each adapter runs it in a class of its own. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class StoreContractTest {
  private final Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
  private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));
  private static final int THREADS = 16;

  @SuppressWarnings("NullAway.Init")
  Path folder;

  @SuppressWarnings("NullAway.Init")
  Store store;

  /** A store that nothing is in yet. */
  abstract Store start();

  /** Takes out of the running store whatever a test has put in. */
  abstract void empty();

  @BeforeAll
  void startStore() throws IOException {
    folder = Files.createTempDirectory("store");
    store = start();
  }

  @AfterEach
  void emptyStore() {
    empty();
  }

  @AfterAll
  void stopStore() throws IOException {
    store.close();
    FileSystemUtils.deleteRecursively(folder);
  }

  @Test
  void a_saved_queue_is_loaded_as_it_was() {
    StoredQueue queue = claiming(queue(), "caller key", tomorrow.plusNanos(1000));

    assertThat(store.saveQueue(queue)).isNull();

    assertThat(store.loadQueue(queue.id())).isEqualTo(queue.document());
    assertThat(store.loadQueues(List.of(queue.shortId()))).containsExactly(queue);
  }

  @Test
  void a_queue_without_claim_types_and_targets_is_loaded_as_it_was() {
    StoredQueue queue = found(queue(), "ETHUSDT", List.of(), List.of());

    store.saveQueue(queue);

    assertThat(store.loadQueues(List.of(queue.shortId()))).containsExactly(queue);
  }

  @Test
  void an_unknown_queue_is_null() {
    store.saveQueue(queue());

    assertThat(store.loadQueue(queue().id())).isNull();
    assertThat(store.loadQueue("")).isNull();
  }

  @Test
  void a_document_of_four_million_characters_is_kept() {
    StoredQueue small = queue();
    StoredQueue large =
        new StoredQueue(
            small.id(),
            1,
            "pending",
            "BTCUSDT",
            List.of("api"),
            List.of(),
            NOON,
            NOON,
            true,
            1,
            null,
            "[\"" + "0123456789é".repeat(370_000) + "\"]");

    assertThat(store.saveQueue(large)).isNull();

    assertThat(store.loadQueue(large.id())).isEqualTo(large.document());
    assertThat(store.loadQueues(List.of(large.shortId()))).containsExactly(large);
    assertThat(store.pageQueues(EVERYTHING)).containsExactly(large.document());
    store.updateQueues(List.of(change(large, "loading", true)));
    assertThat(store.loadQueue(large.id())).isEqualTo(document(large.id(), 2));
  }

  @Test
  void queues_are_loaded_by_short_ids_and_missing_ones_are_left_out() {
    StoredQueue one = queue();
    StoredQueue two = queue();
    store.saveQueue(one);
    store.saveQueue(two);
    store.saveQueue(queue());

    assertThat(store.loadQueues(List.of(one.shortId(), "00000000-0000", two.shortId())))
        .containsExactlyInAnyOrder(one, two);
    assertThat(store.loadQueues(List.of(one.shortId(), one.shortId()))).containsExactly(one);
    assertThat(store.loadQueues(List.of())).isEmpty();
  }

  @Test
  void a_queue_that_is_saved_again_stays_as_it_is_and_is_told() {
    StoredQueue queue = queue();
    store.saveQueue(queue);
    StoredQueue loading = change(queue, "loading", true).next();
    store.updateQueues(List.of(change(queue, "loading", true)));

    assertThat(store.saveQueue(queue)).isEqualTo(loading);

    assertThat(store.loadQueue(queue.id())).isEqualTo(loading.document());
    assertThat(store.countQueues()).isEqualTo(Map.of("loading", 1L));
  }

  @Test
  void a_claimed_key_tells_the_queue_that_has_it_and_keeps_nothing_of_the_second() {
    StoredQueue first = claiming(queue(), "key", tomorrow);
    StoredQueue second = claiming(queue(), "key", tomorrow);
    store.saveQueue(first);

    assertThat(store.saveQueue(second)).isEqualTo(first);

    assertThat(store.loadQueue(second.id())).isNull();
    assertThat(store.pageQueues(EVERYTHING)).containsExactly(first.document());
    assertThat(store.countQueues()).isEqualTo(Map.of("pending", 1L));
  }

  @Test
  void another_key_and_no_key_are_no_conflict() {
    store.saveQueue(claiming(queue(), "key", tomorrow));

    assertThat(store.saveQueue(claiming(queue(), "KEY", tomorrow))).isNull();
    assertThat(store.saveQueue(queue())).isNull();
    assertThat(store.saveQueue(queue())).isNull();
  }

  @Test
  void a_key_leads_to_the_queue_that_has_it_and_no_other_key_does() {
    StoredQueue queue = claiming(queue(), "key", tomorrow);
    store.saveQueue(queue);
    store.saveQueue(claiming(queue(), "expired", yesterday));
    store.saveQueue(queue());

    assertThat(store.loadClaim("key")).isEqualTo(queue);

    assertThat(store.loadClaim("KEY")).isNull();
    assertThat(store.loadClaim("expired")).isNull();
    assertThat(store.loadClaim(null)).isNull();
  }

  @Test
  void an_expired_key_is_taken_over() {
    StoredQueue first = claiming(queue(), "key", yesterday);
    StoredQueue second = claiming(queue(), "key", tomorrow);
    store.saveQueue(first);

    assertThat(store.saveQueue(second)).isNull();

    assertThat(store.saveQueue(claiming(queue(), "key", tomorrow))).isEqualTo(second);
    assertThat(store.loadQueue(first.id())).isEqualTo(first.document());
    assertThat(store.loadQueues(List.of(first.shortId())).get(0).claim()).isNull();
  }

  @Test
  void of_many_who_claim_one_key_at_once_one_wins_and_all_others_are_told_who() throws Exception {
    List<StoredQueue> queues =
        IntStream.range(0, THREADS).mapToObj(i -> claiming(queue(), "key", tomorrow)).toList();

    List<@Nullable StoredQueue> answers =
        atOnce(
            queues.stream()
                .<Callable<@Nullable StoredQueue>>map(q -> () -> store.saveQueue(q))
                .toList());

    assertThat(answers).filteredOn(Objects::isNull).hasSize(1);
    StoredQueue winner = queues.get(answers.indexOf(null));
    assertThat(answers).filteredOn(Objects::nonNull).containsOnly(winner);
    assertThat(store.pageQueues(EVERYTHING)).containsExactly(winner.document());
  }

  @Test
  void of_many_who_take_over_an_expired_key_at_once_one_wins() throws Exception {
    store.saveQueue(claiming(queue(), "key", yesterday));
    List<StoredQueue> queues =
        IntStream.range(0, THREADS).mapToObj(i -> claiming(queue(), "key", tomorrow)).toList();

    List<@Nullable StoredQueue> answers =
        atOnce(
            queues.stream()
                .<Callable<@Nullable StoredQueue>>map(q -> () -> store.saveQueue(q))
                .toList());

    assertThat(answers).filteredOn(Objects::isNull).hasSize(1);
    assertThat(store.pageQueues(EVERYTHING)).hasSize(2);
  }

  @Test
  void an_update_is_loaded_and_the_claim_stays() {
    StoredQueue queue = claiming(queue(), "key", tomorrow);
    store.saveQueue(queue);
    StoredQueue next = change(queue, "finished", false).next();

    assertThat(store.updateQueues(List.of(change(queue, "finished", false)))).isEmpty();

    assertThat(store.loadQueue(queue.id())).isEqualTo(next.document());
    assertThat(store.loadQueues(List.of(queue.shortId()))).containsExactly(next);
  }

  @Test
  void of_an_update_only_those_that_lost_are_told_and_not_written() {
    StoredQueue current = queue();
    StoredQueue changed = queue();
    StoredQueue missing = queue();
    store.saveQueue(current);
    store.saveQueue(changed);
    store.updateQueues(List.of(change(changed, "loading", true)));

    assertThat(
            store.updateQueues(
                List.of(
                    change(missing, "error", false),
                    change(changed, "error", false),
                    change(current, "error", false))))
        .containsExactlyInAnyOrder(missing.id(), changed.id());

    assertThat(store.loadQueue(current.id())).isEqualTo(document(current.id(), 2));
    assertThat(store.loadQueue(changed.id()))
        .isEqualTo(change(changed, "loading", true).next().document());
    assertThat(store.loadQueue(missing.id())).isNull();
    assertThat(store.countQueues()).isEqualTo(Map.of("error", 1L, "loading", 1L));
  }

  @Test
  void two_changes_of_one_queue_in_one_update_follow_each_other() {
    StoredQueue queue = queue();
    store.saveQueue(queue);
    var first = change(queue, "loading", true);
    var second = change(first.next(), "finished", false);

    assertThat(store.updateQueues(List.of(first, second))).isEmpty();

    assertThat(store.loadQueues(List.of(queue.shortId()))).containsExactly(second.next());
    assertThat(store.countQueues()).isEqualTo(Map.of("finished", 1L));
  }

  @Test
  void an_update_of_nothing_changes_nothing() {
    assertThat(store.updateQueues(List.of())).isEmpty();
  }

  @Test
  void of_many_who_update_one_version_at_once_one_wins() throws Exception {
    StoredQueue queue = queue();
    StoredQueue other = queue();
    store.saveQueue(queue);
    store.saveQueue(other);
    List<Callable<List<String>>> updates =
        IntStream.range(0, THREADS)
            .<Callable<List<String>>>mapToObj(
                i -> {
                  var changes =
                      new ArrayList<>(
                          List.of(change(queue, "loading", true), change(other, "error", false)));
                  if (i % 2 == 0) {
                    Collections.reverse(changes);
                  }
                  return () -> store.updateQueues(changes);
                })
            .toList();

    List<List<String>> lost = atOnce(updates);

    assertThat(lost).filteredOn(ids -> !ids.contains(queue.id())).hasSize(1);
    assertThat(lost).filteredOn(ids -> !ids.contains(other.id())).hasSize(1);
    assertThat(store.countQueues()).isEqualTo(Map.of("loading", 1L, "error", 1L));
  }

  @Test
  void no_update_of_many_is_lost() throws Exception {
    StoredQueue queue = queue();
    store.saveQueue(queue);

    atOnce(
        IntStream.range(0, THREADS)
            .<Callable<Object>>mapToObj(
                i ->
                    () -> {
                      StoredQueue read;
                      do {
                        read = store.loadQueues(List.of(queue.shortId())).get(0);
                      } while (!store.updateQueues(List.of(change(read, "s" + i, true))).isEmpty());
                      return read;
                    })
            .toList());

    StoredQueue last = store.loadQueues(List.of(queue.shortId())).get(0);
    assertThat(last.version()).isEqualTo(1 + THREADS);
    assertThat(store.countQueues()).isEqualTo(Map.of(last.status(), 1L));
    assertThat(store.pageQueues(filter(List.of(last.status()), List.of(), List.of(), List.of(), 9)))
        .containsExactly(last.document());
  }

  @Test
  void queues_are_paged_newest_first_and_a_page_does_not_move_when_others_are_started() {
    List<StoredQueue> queues =
        IntStream.range(0, 7)
            .mapToObj(i -> createdAt(queue(), NOON.plusSeconds(i / 2)))
            .sorted(
                Comparator.comparing(StoredQueue::createdAt)
                    .thenComparing(StoredQueue::id)
                    .reversed())
            .toList();
    queues.forEach(store::saveQueue);

    List<String> pages = new ArrayList<>();
    QueueFilter.@Nullable Position after = null;
    for (int page = 0; page < 3; page++) {
      pages.addAll(
          store.pageQueues(new QueueFilter(List.of(), List.of(), List.of(), List.of(), 3, after)));
      store.saveQueue(createdAt(queue(), NOON.plusSeconds(100 + page)));
      StoredQueue last = queues.get(Math.min(queues.size(), 3 * page + 3) - 1);
      after = new QueueFilter.Position(last.createdAt(), last.id());
    }

    assertThat(pages)
        .containsExactlyElementsOf(queues.stream().map(StoredQueue::document).toList());
    assertThat(
            store.pageQueues(new QueueFilter(List.of(), List.of(), List.of(), List.of(), 3, after)))
        .isEmpty();
  }

  @Test
  void a_filter_takes_one_word_of_each_list() {
    StoredQueue loader =
        store(found(queue(), "BTCUSDT", List.of("api"), List.of("loader-producer")));
    StoredQueue pipeline =
        store(
            found(
                queue(),
                "BTCUSDT",
                List.of("pipeline", "api", "gnn_graph"),
                List.of("loader-producer", "graph-builder")));
    StoredQueue ether = store(found(queue(), "ETHUSDT", List.of("ws"), List.of("loader-producer")));
    store.updateQueues(List.of(change(ether, "loading", true)));
    String loading = document(ether.id(), 2);

    assertThat(page(List.of(), List.of("BTCUSDT"), List.of(), List.of()))
        .containsExactlyInAnyOrder(loader.document(), pipeline.document());
    assertThat(page(List.of(), List.of("BTCUSDT", "ETHUSDT", "XYZ"), List.of(), List.of()))
        .hasSize(3);
    assertThat(page(List.of("loading"), List.of(), List.of(), List.of())).containsExactly(loading);
    assertThat(page(List.of("loading", "pending"), List.of(), List.of(), List.of())).hasSize(3);
    assertThat(page(List.of(), List.of(), List.of("gnn_graph"), List.of()))
        .containsExactly(pipeline.document());
    assertThat(page(List.of(), List.of(), List.of("api", "pipeline"), List.of()))
        .containsExactlyInAnyOrder(loader.document(), pipeline.document());
    assertThat(page(List.of(), List.of(), List.of(), List.of("graph-builder")))
        .containsExactly(pipeline.document());
    assertThat(
            page(
                List.of("pending"),
                List.of("BTCUSDT"),
                List.of("api", "ws"),
                List.of("loader-producer")))
        .containsExactlyInAnyOrder(loader.document(), pipeline.document());
  }

  @Test
  void a_filter_that_nothing_matches_finds_nothing() {
    store(found(queue(), "BTCUSDT", List.of("api"), List.of("loader-producer")));

    assertThat(page(List.of("finished"), List.of(), List.of(), List.of())).isEmpty();
    assertThat(page(List.of("BTCUSDT"), List.of(), List.of(), List.of())).isEmpty();
    assertThat(page(List.of(), List.of("BTCUSDT"), List.of("ws"), List.of())).isEmpty();
    assertThat(page(List.of("' OR 1=1 --"), List.of(), List.of(), List.of())).isEmpty();
  }

  @Test
  void a_filtered_list_is_paged_like_any_other() {
    for (int i = 0; i < 10; i++) {
      StoredQueue queue = createdAt(queue(), NOON.plusSeconds(i));
      store.saveQueue(found(queue, i % 2 == 0 ? "EVEN" : "ODD", List.of("api"), List.of("a", "b")));
    }
    var first = new QueueFilter(List.of(), List.of("EVEN"), List.of(), List.of("a", "b"), 2, null);
    List<String> newest = store.pageQueues(first);
    StoredQueue last =
        store
            .loadQueues(List.of(newest.get(1).substring(7, 7 + StoredQueue.SHORT_ID_LENGTH)))
            .get(0);

    List<String> next =
        store.pageQueues(
            new QueueFilter(
                List.of(),
                List.of("EVEN"),
                List.of(),
                List.of("a", "b"),
                9,
                new QueueFilter.Position(last.createdAt(), last.id())));

    assertThat(newest).hasSize(2);
    assertThat(next).hasSize(3).doesNotContainAnyElementsOf(newest);
  }

  @Test
  void open_queues_are_listed_and_closed_ones_only_when_they_changed_since() {
    StoredQueue open = store(queue());
    StoredQueue closed = store(queue());
    store.updateQueues(List.of(change(closed, "stopped", false)));
    Instant closedAt = NOON.plusSeconds(60);

    assertThat(store.listOpenQueues(null)).containsExactly(new OpenQueue(open.id(), 1, NOON, true));
    assertThat(store.listOpenQueues(closedAt.plusMillis(1)))
        .containsExactly(new OpenQueue(open.id(), 1, NOON, true));
    assertThat(store.listOpenQueues(closedAt))
        .containsExactlyInAnyOrder(
            new OpenQueue(open.id(), 1, NOON, true),
            new OpenQueue(closed.id(), 2, closedAt, false));
  }

  @Test
  void live_jobs_are_summed_over_open_queues_only() {
    assertThat(store.countLiveJobs()).isZero();
    StoredQueue one = store(queue());
    store(queue());

    assertThat(store.countLiveJobs()).isEqualTo(4);
    store.updateQueues(List.of(change(one, "finished", false)));
    assertThat(store.countLiveJobs()).isEqualTo(2);
  }

  @Test
  void queues_are_counted_by_status() {
    assertThat(store.countQueues()).isEmpty();
    StoredQueue one = store(queue());
    store(queue());
    store(queue());
    store.updateQueues(List.of(change(one, "loading", true)));

    assertThat(store.countQueues()).isEqualTo(Map.of("pending", 2L, "loading", 1L));
    store.updateQueues(List.of(change(change(one, "loading", true).next(), "error", false)));
    assertThat(store.countQueues()).isEqualTo(Map.of("pending", 2L, "error", 1L));
  }

  @Test
  void jobs_are_loaded_by_queue_as_they_were_saved() {
    StoredJob mine = job("sf-1", "one");
    StoredJob leased = new StoredJob("sf-2", "one", 3, true, "me", NOON, "é💓");
    StoredJob other = job("sf-3", "two");
    store.saveJobs(List.of(mine, leased, other));

    assertThat(store.loadJobs(List.of("one"))).containsExactlyInAnyOrder(mine, leased);
    assertThat(store.loadJobs(List.of("one", "two", "three"))).hasSize(3);
    assertThat(store.loadJobs(List.of("three"))).isEmpty();
    assertThat(store.loadJobs(List.of())).isEmpty();
  }

  @Test
  void a_job_that_exists_is_left_as_it_is() {
    StoredJob job = job("sf-1", "one");
    store.saveJobs(List.of(job));

    store.saveJobs(
        List.of(new StoredJob("sf-1", "other", 9, true, null, null, "?"), job("sf-2", "one")));
    store.saveJobs(List.of());

    assertThat(store.loadJobs(List.of("one", "other")))
        .containsExactlyInAnyOrder(job, job("sf-2", "one"));
  }

  @Test
  void many_who_save_the_same_jobs_at_once_all_succeed() throws Exception {
    List<StoredJob> jobs = IntStream.range(0, 20).mapToObj(i -> job("sf-" + i, "one")).toList();

    atOnce(
        IntStream.range(0, THREADS)
            .<Callable<Object>>mapToObj(
                i ->
                    () -> {
                      store.saveJobs(jobs);
                      return i;
                    })
            .toList());

    assertThat(store.loadJobs(List.of("one"))).containsExactlyInAnyOrderElementsOf(jobs);
  }

  @Test
  void a_claim_leases_what_is_free_expired_or_the_owners_and_nothing_else() {
    Instant later = NOON.plusSeconds(30);
    StoredJob free = job("free", "q");
    StoredJob expired = new StoredJob("expired", "q", 4, false, "you", NOON, "e");
    StoredJob mine = new StoredJob("mine", "q", 5, false, "me", later, "m");
    StoredJob yours = new StoredJob("yours", "q", 6, false, "you", NOON.plusMillis(1), "y");
    StoredJob over = new StoredJob("over", "q", 7, true, null, null, "o");
    store.saveJobs(List.of(free, expired, mine, yours, over));

    List<StoredJob> claimed = store.claimJobs(new JobClaim("me", NOON, later, 10));

    assertThat(claimed)
        .containsExactlyInAnyOrder(
            new StoredJob("free", "q", 2, false, "me", later, free.document()),
            new StoredJob("expired", "q", 5, false, "me", later, "e"),
            new StoredJob("mine", "q", 6, false, "me", later, "m"));
    assertThat(store.loadJobs(List.of("q"))).containsAll(claimed).contains(yours, over).hasSize(5);
  }

  @Test
  void a_claim_takes_no_more_than_its_limit_and_the_owners_jobs_first() {
    store.saveJobs(
        List.of(
            job("free-1", "q"),
            job("free-2", "q"),
            new StoredJob("mine", "q", 1, false, "me", NOON.plusSeconds(1), "m")));

    assertThat(store.claimJobs(new JobClaim("me", NOON, NOON.plusSeconds(9), 1)))
        .extracting(StoredJob::name)
        .containsExactly("mine");
    assertThat(store.claimJobs(new JobClaim("me", NOON, NOON.plusSeconds(9), 2))).hasSize(2);
    assertThat(store.claimJobs(new JobClaim("you", NOON, NOON.plusSeconds(9), 9))).hasSize(1);
    assertThat(store.claimJobs(new JobClaim("they", NOON, NOON.plusSeconds(9), 9))).isEmpty();
  }

  @Test
  void no_two_owners_get_the_same_job() throws Exception {
    List<StoredJob> jobs = IntStream.range(0, 200).mapToObj(i -> job("sf-" + i, "q")).toList();
    store.saveJobs(jobs);

    List<List<StoredJob>> claimed =
        atOnce(
            IntStream.range(0, THREADS)
                .<Callable<List<StoredJob>>>mapToObj(
                    i ->
                        () -> {
                          List<StoredJob> all = List.of();
                          for (int limit = 5; limit <= 30; limit += 5) {
                            all =
                                store.claimJobs(
                                    new JobClaim("owner" + i, NOON, NOON.plusSeconds(60), limit));
                          }
                          return all;
                        })
                .toList());

    List<StoredJob> rest = store.claimJobs(new JobClaim("rest", NOON, NOON.plusSeconds(60), 1000));
    assertThat(Stream.concat(claimed.stream().flatMap(List::stream), rest.stream()))
        .extracting(StoredJob::name)
        .containsExactlyInAnyOrderElementsOf(jobs.stream().map(StoredJob::name).toList());
    for (int i = 0; i < THREADS; i++) {
      String owner = "owner" + i;
      assertThat(claimed.get(i)).allMatch(job -> owner.equals(job.owner()));
    }
  }

  @Test
  void jobs_are_compared_and_set() {
    StoredJob job = job("sf-1", "q");
    StoredJob stale = new StoredJob("sf-2", "q", 5, false, null, null, "s");
    store.saveJobs(List.of(job, stale));
    StoredJob over = new StoredJob("sf-1", "q", 2, true, null, null, "done");

    assertThat(
            store.updateJobs(
                List.of(
                    new JobChange(1, over),
                    new JobChange(4, new StoredJob("sf-2", "q", 6, true, null, null, "x")),
                    new JobChange(1, next("sf-3")))))
        .containsExactlyInAnyOrder("sf-2", "sf-3");

    assertThat(store.loadJobs(List.of("q"))).containsExactlyInAnyOrder(over, stale);
    assertThat(store.updateJobs(List.of())).isEmpty();
  }

  @Test
  void of_many_who_update_one_version_of_a_job_one_wins() throws Exception {
    store.saveJobs(List.of(job("sf-1", "q")));

    List<List<String>> lost =
        atOnce(
            IntStream.range(0, THREADS)
                .<Callable<List<String>>>mapToObj(
                    i -> () -> store.updateJobs(List.of(new JobChange(1, next("sf-1")))))
                .toList());

    assertThat(lost).filteredOn(List::isEmpty).hasSize(1);
  }

  @Test
  void a_store_that_answers_is_checked_without_a_word() {
    store.check();
  }

  private static StoredJob next(String name) {
    return new StoredJob(name, "q", 2, false, "me", NOON, "next");
  }

  private StoredQueue store(StoredQueue queue) {
    assertThat(store.saveQueue(queue)).isNull();
    return queue;
  }

  private List<String> page(
      List<String> statuses, List<String> symbols, List<String> types, List<String> targets) {
    return store.pageQueues(filter(statuses, symbols, types, targets, 100));
  }

  static QueueFilter filter(
      List<String> statuses,
      List<String> symbols,
      List<String> types,
      List<String> targets,
      int limit) {
    return new QueueFilter(statuses, symbols, types, targets, limit, null);
  }

  /** Runs all tasks, each in a thread of its own, from the same moment on. */
  static <T extends @Nullable Object> List<T> atOnce(List<Callable<T>> tasks) throws Exception {
    CyclicBarrier start = new CyclicBarrier(tasks.size());
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (Callable<T> task : tasks) {
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return task.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
