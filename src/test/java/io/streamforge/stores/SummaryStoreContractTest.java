package io.streamforge.stores;

import static io.streamforge.stores.Fixtures.NOON;
import static io.streamforge.stores.StoreContractTest.atOnce;
import static io.streamforge.stores.SummaryFixtures.open;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.summaries.LoadQuery;
import io.streamforge.summaries.ReadPosition;
import io.streamforge.summaries.StoredSummary;
import io.streamforge.summaries.SummaryChange;
import io.streamforge.summaries.SummaryFilter;
import io.streamforge.summaries.SummaryLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.util.FileSystemUtils;

/** What a store promises of summaries and of positions; each adapter runs it in its own class. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SummaryStoreContractTest {
  private static final int THREADS = 8;

  @SuppressWarnings("NullAway.Init")
  Path folder;

  @SuppressWarnings("NullAway.Init")
  Store store;

  /** Nothing is in it yet when a test begins; started again, it has what was kept. */
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
  void a_saved_summary_is_loaded_as_it_was() {
    StoredSummary open =
        open().leading("t").createdAt(NOON.plusNanos(1000)).due(NOON.plusMillis(7)).summary();
    StoredSummary closed = open().closed("done").uncounted().thread("").askedBy("", "").summary();

    assertThat(store.saveSummary(open)).isNull();
    assertThat(store.saveSummary(closed)).isNull();

    assertThat(store.loadSummary(open.id())).isEqualTo(open);
    assertThat(store.loadSummary(closed.id())).isEqualTo(closed);
  }

  @Test
  void an_unknown_summary_is_null() {
    kept(open());

    assertThat(store.loadSummary("unknown")).isNull();
    assertThat(store.loadSummary("")).isNull();
  }

  @Test
  void a_document_of_two_million_characters_is_kept() {
    SummaryFixtures small = kept(open());
    StoredSummary next = small.to(small).next();
    StoredSummary large =
        new StoredSummary(
            next.id(),
            2,
            true,
            next.state(),
            next.thread(),
            next.channel(),
            next.requester(),
            null,
            true,
            next.createdAt(),
            next.dueAt(),
            next.expiresAt(),
            "[\"" + "0123456789é".repeat(190_000) + "\"]");

    assertThat(store.updateSummary(new SummaryChange(1, large))).isTrue();

    assertThat(store.loadSummary(large.id())).isEqualTo(large);
    assertThat(store.pageSummaries(filter("", "", 5))).containsExactly(large);
  }

  @Test
  void a_summary_that_is_saved_again_stays_as_it_is_and_is_told() {
    SummaryFixtures first = kept(open());
    store.updateSummary(first.to(first.closed("done")));
    StoredSummary done = first.to(first.closed("done")).next();

    assertThat(store.saveSummary(first.summary())).isEqualTo(done);
    assertThat(store.saveSummary(open().id(first.summary().id()).summary())).isEqualTo(done);

    assertThat(store.loadSummary(done.id())).isEqualTo(done);
    assertThat(store.pageSummaries(filter("", "", 9))).containsExactly(done);
  }

  @Test
  void of_many_who_save_one_id_at_once_one_wins_and_all_others_are_told_who() throws Exception {
    List<StoredSummary> rivals =
        IntStream.range(0, THREADS)
            .mapToObj(i -> open().id("post").askedBy("user" + i, "c").summary())
            .toList();

    try (Store other = start()) {
      List<@Nullable StoredSummary> answers =
          atOnce(
              IntStream.range(0, THREADS)
                  .<Callable<@Nullable StoredSummary>>mapToObj(
                      i -> () -> (i % 2 == 0 ? store : other).saveSummary(rivals.get(i)))
                  .toList());

      assertThat(answers).filteredOn(Objects::isNull).hasSize(1);
      StoredSummary winner = rivals.get(answers.indexOf(null));
      assertThat(answers).filteredOn(Objects::nonNull).containsOnly(winner);
      assertThat(other.loadSummary("post")).isEqualTo(winner);
    }
  }

  @Test
  void a_new_summary_cannot_lead_what_another_leads() {
    SummaryFixtures leader = kept(open().leading("thread"));
    SummaryFixtures second = open().leading("thread");

    assertThat(store.saveSummary(second.summary())).isEqualTo(leader.summary());

    assertThat(store.loadSummary(second.summary().id())).isNull();
  }

  @Test
  void an_update_is_loaded_and_only_the_time_of_creation_stays() {
    SummaryFixtures first = kept(open());
    SummaryFixtures later =
        first
            .thread("other")
            .askedBy("bob", "elsewhere")
            .leading("other")
            .uncounted()
            .due(NOON.plusSeconds(9))
            .expiring(NOON.plusSeconds(99));

    assertThat(store.updateSummary(first.to(later.createdAt(NOON.minusSeconds(1))))).isTrue();

    assertThat(store.loadSummary(first.summary().id())).isEqualTo(first.to(later).next());
    assertThat(store.listThreadSummaries(first.summary().thread())).isEmpty();
  }

  @Test
  void an_update_of_another_version_or_of_none_is_not_written() {
    SummaryFixtures first = kept(open());
    SummaryFixtures second = new SummaryFixtures(first.to(first.leading("t")).next());
    store.updateSummary(first.to(first.leading("t")));
    SummaryFixtures missing = open();

    assertThat(store.updateSummary(first.to(first.closed("failed")))).isFalse();
    assertThat(store.updateSummary(missing.to(missing.closed("failed")))).isFalse();

    assertThat(store.loadSummary(first.summary().id())).isEqualTo(second.summary());
    assertThat(store.loadSummary(missing.summary().id())).isNull();
  }

  @Test
  void who_wants_to_lead_waits_until_the_leader_lets_go() {
    SummaryFixtures leader = kept(open().leading("thread"));
    SummaryFixtures second = kept(open());
    SummaryFixtures elsewhere = kept(open());

    assertThat(store.updateSummary(second.to(second.leading("thread")))).isFalse();
    assertThat(store.updateSummary(elsewhere.to(elsewhere.leading("THREAD")))).isTrue();
    assertThat(store.loadSummary(second.summary().id())).isEqualTo(second.summary());

    assertThat(store.updateSummary(leader.to(leader.leading(null).closed("done")))).isTrue();
    assertThat(store.updateSummary(second.to(second.leading("thread")))).isTrue();
  }

  @Test
  void a_leader_stays_one_over_its_updates() {
    SummaryFixtures leader = kept(open().leading("thread"));

    assertThat(store.updateSummary(leader.to(leader.due(NOON.plusSeconds(1))))).isTrue();

    SummaryFixtures second = kept(open());
    assertThat(store.updateSummary(second.to(second.leading("thread")))).isFalse();
  }

  @Test
  void of_two_processes_that_want_to_lead_one_thread_at_once_one_does() throws Exception {
    try (Store other = start()) {
      for (int round = 0; round < 5; round++) {
        String thread = "thread" + round;
        List<SummaryFixtures> rivals =
            IntStream.range(0, THREADS).mapToObj(i -> kept(open())).toList();

        List<Boolean> answers =
            atOnce(
                inTurns(
                    other, rivals, (s, rival) -> s.updateSummary(rival.to(rival.leading(thread)))));

        assertThat(answers).filteredOn(won -> won).hasSize(1);
        assertThat(rivals)
            .filteredOn(
                rival ->
                    thread.equals(
                        Objects.requireNonNull(store.loadSummary(rival.summary().id())).leads()))
            .containsExactly(rivals.get(answers.indexOf(true)));
      }
    }
  }

  @Test
  void of_two_processes_that_update_one_version_at_once_one_does() throws Exception {
    try (Store other = start()) {
      for (int round = 0; round < 5; round++) {
        SummaryFixtures first = kept(open());
        List<String> requesters = IntStream.range(0, THREADS).mapToObj(i -> "user" + i).toList();

        List<Boolean> answers =
            atOnce(
                inTurns(
                    other,
                    requesters,
                    (s, name) -> s.updateSummary(first.to(first.askedBy(name, "c")))));

        assertThat(answers).filteredOn(won -> won).hasSize(1);
        assertThat(store.loadSummary(first.summary().id()))
            .extracting(StoredSummary::requester)
            .isEqualTo(requesters.get(answers.indexOf(true)));
      }
    }
  }

  @Test
  void the_summaries_of_a_thread_are_its_twenty_newest() {
    List<StoredSummary> ours =
        IntStream.range(0, 23)
            .mapToObj(i -> kept(open().thread("ours").createdAt(NOON.plusSeconds(i))).summary())
            .toList();
    kept(open().thread("theirs").createdAt(NOON.plusSeconds(50)));

    List<StoredSummary> newest = new ArrayList<>(ours.subList(3, 23));
    Collections.reverse(newest);
    assertThat(store.listThreadSummaries("ours")).containsExactlyElementsOf(newest);
    assertThat(store.listThreadSummaries("nobody's")).isEmpty();
  }

  @Test
  void what_is_due_is_listed_the_longest_due_first_and_nothing_else() {
    StoredSummary now = kept(open().due(NOON)).summary();
    StoredSummary before = kept(open().due(NOON.minusSeconds(60))).summary();
    kept(open().due(NOON.plusNanos(1000)));
    kept(open().closed("done"));

    assertThat(store.listDueSummaries(NOON)).containsExactly(before, now);
    assertThat(store.listDueSummaries(NOON.minusSeconds(61))).isEmpty();
  }

  @Test
  void no_more_than_two_hundred_are_due_at_a_time() {
    IntStream.range(0, 205).forEach(i -> kept(open().due(NOON.plusSeconds(i))));

    assertThat(store.listDueSummaries(NOON.plusSeconds(1000)))
        .hasSize(200)
        .extracting(StoredSummary::dueAt)
        .isSorted()
        .contains(NOON)
        .doesNotContain(NOON.plusSeconds(200));
  }

  @Test
  void the_load_counts_what_a_requester_and_a_channel_asked_for_since_a_time() {
    Instant before = NOON.minusMillis(1);
    kept(open().askedBy("anna", "one").createdAt(NOON.plusSeconds(2)));
    kept(open().askedBy("anna", "two").createdAt(NOON).closed("done"));
    kept(open().askedBy("anna", "one").createdAt(before));
    kept(open().askedBy("anna", "one").createdAt(NOON).uncounted());
    kept(open().askedBy("bob", "one").createdAt(NOON.plusSeconds(1)));
    kept(open().askedBy("bob", "").createdAt(NOON.plusSeconds(1)));

    assertThat(store.measureLoad(new LoadQuery(NOON, "anna", "one")))
        .isEqualTo(
            new SummaryLoad(
                5,
                List.of(NOON, NOON.plusSeconds(2)),
                List.of(NOON.plusSeconds(1), NOON.plusSeconds(2))));
    assertThat(store.measureLoad(new LoadQuery(before, "anna", "")))
        .isEqualTo(new SummaryLoad(5, List.of(before, NOON, NOON.plusSeconds(2)), List.of()));
    assertThat(store.measureLoad(new LoadQuery(NOON, "carl", "three")))
        .isEqualTo(new SummaryLoad(5, List.of(), List.of()));
  }

  @Test
  void summaries_are_paged_newest_first_and_a_page_does_not_move_when_others_come_in() {
    List<StoredSummary> all =
        IntStream.range(0, 7)
            .mapToObj(i -> kept(open().createdAt(NOON.plusSeconds(i / 3))).summary())
            .sorted(
                Comparator.comparing(StoredSummary::createdAt)
                    .thenComparing(StoredSummary::id)
                    .reversed())
            .toList();

    List<StoredSummary> paged = new ArrayList<>();
    SummaryFilter.@Nullable Place after = null;
    for (int page = 0; page < 4; page++) {
      List<StoredSummary> found = store.pageSummaries(new SummaryFilter("", "", 3, after));
      paged.addAll(found);
      kept(open().createdAt(NOON.plusSeconds(100 + page)));
      after = found.isEmpty() ? null : place(found.get(found.size() - 1));
    }

    assertThat(paged).containsExactlyElementsOf(all);
  }

  @Test
  void a_list_shows_one_state_and_one_thread() {
    SummaryFixtures pending = kept(open().thread("a").createdAt(NOON));
    SummaryFixtures done = kept(open().thread("a").createdAt(NOON.plusSeconds(1)).closed("done"));
    SummaryFixtures other = kept(open().thread("b").createdAt(NOON.plusSeconds(2)).closed("done"));

    assertThat(store.pageSummaries(filter("done", "", 9)))
        .containsExactly(other.summary(), done.summary());
    assertThat(store.pageSummaries(filter("", "a", 9)))
        .containsExactly(done.summary(), pending.summary());
    assertThat(store.pageSummaries(filter("done", "a", 9))).containsExactly(done.summary());
    assertThat(store.pageSummaries(filter("done", "", 1))).containsExactly(other.summary());
    assertThat(store.pageSummaries(new SummaryFilter("done", "", 9, place(other.summary()))))
        .containsExactly(done.summary());
    assertThat(store.pageSummaries(new SummaryFilter("", "a", 9, place(done.summary()))))
        .containsExactly(pending.summary());
    assertThat(store.pageSummaries(filter("failed", "", 9))).isEmpty();
    assertThat(store.pageSummaries(filter("", "' OR 1=1 --", 9))).isEmpty();
  }

  @Test
  void what_has_expired_is_purged_and_what_is_open_is_spared() {
    SummaryFixtures open = kept(open().expiring(NOON.minusSeconds(9)));
    SummaryFixtures young = kept(open().closed("done").expiring(NOON.plusMillis(1)));
    kept(open().closed("done").expiring(NOON));
    kept(open().closed("failed").expiring(NOON.minusSeconds(9)));

    assertThat(store.purgeSummaries(NOON)).isEqualTo(2);

    assertThat(store.pageSummaries(filter("", "", 9)))
        .containsExactlyInAnyOrder(open.summary(), young.summary());
    assertThat(store.purgeSummaries(NOON)).isZero();
  }

  @Test
  void an_unknown_position_is_null_and_a_known_one_never_goes_back() {
    assertThat(store.loadPosition("channel")).isNull();

    store.savePosition(new ReadPosition("channel", 1_764_000_000_000L));
    assertThat(store.loadPosition("channel")).isEqualTo(1_764_000_000_000L);
    store.savePosition(new ReadPosition("channel", 1_764_000_000_001L));
    store.savePosition(new ReadPosition("channel", 5));
    store.savePosition(new ReadPosition("other", 0));

    assertThat(store.loadPosition("channel")).isEqualTo(1_764_000_000_001L);
    assertThat(store.loadPosition("other")).isZero();
  }

  @Test
  void of_positions_saved_at_once_the_furthest_stays() throws Exception {
    try (Store other = start()) {
      for (int round = 0; round < 5; round++) {
        String name = "channel:" + round;
        List<Long> millis = IntStream.range(0, THREADS).mapToObj(i -> 100L + i).toList();

        atOnce(
            inTurns(
                other,
                millis,
                (s, each) -> {
                  s.savePosition(new ReadPosition(name, each));
                  return name;
                }));

        assertThat(store.loadPosition(name)).isEqualTo(100L + THREADS - 1);
      }
    }
  }

  @Test
  void what_was_kept_survives_a_restart() {
    SummaryFixtures leader = kept(open().leading("thread"));
    store.savePosition(new ReadPosition("channel", 7));

    store.close();
    store = start();

    assertThat(store.loadSummary(leader.summary().id())).isEqualTo(leader.summary());
    assertThat(store.loadPosition("channel")).isEqualTo(7);
    assertThat(store.saveSummary(open().leading("thread").summary())).isEqualTo(leader.summary());
  }

  private SummaryFixtures kept(SummaryFixtures fixture) {
    assertThat(store.saveSummary(fixture.summary())).isNull();
    return fixture;
  }

  private static SummaryFilter filter(String state, String thread, int limit) {
    return new SummaryFilter(state, thread, limit, null);
  }

  private static SummaryFilter.Place place(StoredSummary summary) {
    return new SummaryFilter.Place(summary.createdAt(), summary.id());
  }

  /** Something that is asked of a store. */
  private interface Question<T, R> {
    R ask(Store store, T of);
  }

  /** The question of each, asked of our store and of the other one in turn. */
  private <T, R> List<Callable<R>> inTurns(Store other, List<T> all, Question<T, R> question) {
    return IntStream.range(0, all.size())
        .<Callable<R>>mapToObj(i -> () -> question.ask(i % 2 == 0 ? store : other, all.get(i)))
        .toList();
  }
}
