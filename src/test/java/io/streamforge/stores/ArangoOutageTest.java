package io.streamforge.stores;

import static io.streamforge.stores.Fixtures.change;
import static io.streamforge.stores.Fixtures.claiming;
import static io.streamforge.stores.Fixtures.queue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.arango.ArangoDouble;
import io.streamforge.arango.Fault;
import io.streamforge.camel.arango.UnreachableException;
import io.streamforge.queues.StoredQueue;
import io.vertx.core.http.HttpVersion;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What becomes of the store when its server is away, busy, forgetful or strict. */
class ArangoOutageTest {
  private static final String DATABASE = "streamforge";
  private static final Duration SOON = Duration.ofSeconds(5);

  private final ArangoDouble server = new ArangoDouble();
  private final List<AutoCloseable> opened = new ArrayList<>(List.of(server));

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : opened) {
      each.close();
    }
  }

  private Store store(Map<String, String> differing) {
    Map<String, String> settings =
        new HashMap<>(
            ArangoStoreTest.settings(
                server.url(), DATABASE, ArangoDouble.USER, ArangoDouble.PASSWORD));
    settings.put("arango.timeout", "3s");
    settings.put("arango.retry.delay", "20ms");
    settings.putAll(differing);
    Store store = new Store("arangodb", settings);
    opened.add(0, store);
    return store;
  }

  private Store store() {
    return store(Map.of());
  }

  /** A busy machine may need longer for the first connection than such a store waits. */
  private static void awaitReached(Store store) {
    await().ignoreExceptions().untilAsserted(store::check);
  }

  private static void assertAway(Store store) {
    Instant begin = Instant.now();
    Throwable failure = catchThrowable(store::countQueues);
    assertThat(failure)
        .hasRootCauseInstanceOf(Exception.class)
        .cause()
        .isInstanceOf(UnreachableException.class);
    assertThat(Duration.between(begin, Instant.now())).isLessThan(SOON);
  }

  @Test
  void a_store_whose_server_is_away_starts_and_serves_once_it_is_there() {
    server.stop();
    Store store = store();
    assertAway(store);
    assertThatThrownBy(store::check).cause().hasMessageContaining("is out of reach");

    server.start();

    assertThat(store.saveQueue(queue())).isNull();
    store.check();
  }

  @Test
  void nothing_is_lost_when_the_server_is_restarted_in_between() {
    Store store = store();
    StoredQueue queue = queue();
    store.saveQueue(queue);
    server.stop();
    assertAway(store);
    server.start();

    assertThat(store.updateQueues(List.of(change(queue, "loading", true)))).isEmpty();
    assertThat(store.countQueues()).isEqualTo(Map.of("loading", 1L));
  }

  @Test
  void a_server_that_hangs_makes_nobody_wait_for_long() throws Exception {
    Store store = store(Map.of("arango.timeout", "300ms"));
    awaitReached(store);
    server.fail(Fault.of(Fault.Kind.HANG), 1000);

    Instant begin = Instant.now();
    List<Throwable> failures =
        StoreContractTest.atOnce(
            IntStream.range(0, 40)
                .<Callable<Throwable>>mapToObj(i -> () -> catchThrowable(store::countQueues))
                .toList());
    assertThat(Duration.between(begin, Instant.now())).isLessThan(SOON);
    assertThat(failures).allMatch(each -> each.getCause() instanceof UnreachableException);

    server.heal();
    await().ignoreExceptions().until(() -> store.saveQueue(queue()) == null);
  }

  @Test
  void a_host_that_takes_no_connection_makes_nobody_wait_for_long() throws Exception {
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> waiting = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Socket socket = new Socket();
        waiting.add(socket);
        Throwable refused = catchThrowable(() -> socket.connect(full.getLocalSocketAddress(), 200));
        if (refused != null) {
          break;
        }
      }
      Store store =
          store(
              Map.of(
                  "arango.url",
                  "http://127.0.0.1:" + full.getLocalPort(),
                  "arango.timeout",
                  "500ms"));

      Instant begin = Instant.now();
      assertAway(store);
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofMillis(2500));

      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  @Test
  void a_login_that_has_ended_is_renewed_once_for_all() throws Exception {
    Store store = store();
    store.check();
    assertThat(server.logins()).isEqualTo(1);

    server.revokeTokens();

    assertThat(store.countLiveJobs()).isZero();
    assertThat(server.logins()).isEqualTo(2);
    server.revokeTokens();
    StoreContractTest.atOnce(
        IntStream.range(0, 16).<Callable<Long>>mapToObj(i -> store::countLiveJobs).toList());
    assertThat(server.logins()).isLessThan(10);
  }

  @Test
  void a_wrong_password_is_said_without_saying_it() {
    Store store = store(Map.of("arango.password", "wr0ng-s3cret"));

    assertThatThrownBy(store::check)
        .cause()
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("ARANGO_PASSWORD")
        .hasMessageNotContaining("wr0ng-s3cret");
    assertThat(server.requests())
        .as("it is tried once, as a server may count failures")
        .containsExactly("POST /_open/auth");
  }

  @Test
  void a_server_without_authentication_needs_no_login() {
    server.disableAuthentication();

    assertThat(store().saveQueue(queue())).isNull();
    assertThat(store(Map.of("arango.user", "")).countQueues()).isEqualTo(Map.of("pending", 1L));
  }

  @ParameterizedTest
  @CsvSource({"503,503", "503,21003", "412,21004", "409,1200", "429,429", "404,1600"})
  void a_busy_server_is_asked_again_and_what_was_asked_is_done_once(int code, int number) {
    Store store = store();
    StoredQueue queue = queue();
    store.saveQueue(queue);
    server.fail(Fault.answer(code, number), 2);

    assertThat(store.updateQueues(List.of(change(queue, "loading", true)))).isEmpty();
    assertThat(store.loadQueues(List.of(queue.shortId())))
        .containsExactly(change(queue, "loading", true).next());
  }

  @ParameterizedTest
  @CsvSource({"503,503", "412,21004", "500,4", "403,11", "403,1004"})
  void a_server_that_stays_busy_or_unwilling_is_out_of_reach(int code, int number) {
    Store store = store();
    store.check();
    server.fail(Fault.answer(code, number), 1000);

    assertAway(store);
  }

  @Test
  void a_statement_that_is_at_fault_is_not_taken_for_an_outage() {
    Store store = store();
    store.check();
    server.fail(Fault.answer(400, 1501), 1);

    assertThatThrownBy(store::countQueues)
        .cause()
        .isNotInstanceOf(UnreachableException.class)
        .hasMessageContaining("1501");
    assertThat(store.countQueues()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.MATCH_ANY, names = "DROP_.*")
  void a_line_that_is_cut_costs_nothing(Fault.Kind kind) {
    Store store = store();
    StoredQueue saved = queue();
    server.fail(Fault.of(kind), 1);
    StoredQueue told = store.saveQueue(saved);
    // Whether it was written is known to the server alone; a repeated save tells the queue itself.
    assertThat(told == null || told.equals(saved)).isTrue();

    server.fail(Fault.of(kind), 1);
    var change = change(saved, "loading", true);
    List<String> lost = store.updateQueues(List.of(change));
    assertThat(lost).isSubsetOf(saved.id());
    assertThat(store.loadQueues(List.of(saved.shortId()))).containsExactly(change.next());
    assertThat(store.countQueues()).isEqualTo(Map.of("loading", 1L));
  }

  @Test
  void a_server_that_comes_back_empty_gets_its_collections_and_indexes_again() {
    Store store = store();
    store.check();
    int indexes = server.indexes(DATABASE, "queue_state").size();
    assertThat(indexes).isEqualTo(6);

    server.wipe();

    Instant tomorrow = Instant.now().plusSeconds(86_400);
    StoredQueue first = claiming(queue(), "key", tomorrow);
    assertThat(store.saveQueue(first)).isNull();
    assertThat(store.saveQueue(claiming(queue(), "key", tomorrow))).isEqualTo(first);
    assertThat(server.indexes(DATABASE, "queue_state")).hasSize(indexes);
    assertThat(store.loadJobs(List.of(first.id()))).isEmpty();
  }

  @Test
  void a_collection_that_was_dropped_is_made_again() {
    Store store = store();
    store.check();
    server.drop(DATABASE, "queue_job");

    store.saveJobs(List.of(Fixtures.job("sf-1", "one")));

    assertThat(store.loadJobs(List.of("one"))).hasSize(1);
    assertThat(server.indexes(DATABASE, "queue_job")).hasSize(2);
  }

  @Test
  void a_server_that_has_all_is_only_asked_what_it_has() {
    store().check();
    int before = server.requests().size();

    store().check();

    assertThat(server.requests().subList(before, server.requests().size()))
        .filteredOn(request -> request.matches(".*/_api/(collection|index|database)"))
        .startsWith("GET /_db/streamforge/_api/collection")
        .hasSize(5)
        .allMatch(request -> request.startsWith("GET "));
  }

  @Test
  void an_index_that_is_not_as_it_should_be_is_made_at_the_next_start() {
    store().check();
    List<JsonNode> made = server.indexes(DATABASE, "queue_state");
    JsonNode claim =
        made.stream()
            .filter(index -> index.path("name").asText().equals("by_claim"))
            .findFirst()
            .orElseThrow();
    server.dropIndex(DATABASE, "queue_state", "by_claim");

    Store store = store();
    Instant tomorrow = Instant.now().plusSeconds(86_400);
    StoredQueue first = claiming(queue(), "key", tomorrow);
    assertThat(store.saveQueue(first)).isNull();

    assertThat(store.saveQueue(claiming(queue(), "key", tomorrow))).isEqualTo(first);
    assertThat(server.indexes(DATABASE, "queue_state"))
        .contains(claim)
        .containsExactlyInAnyOrderElementsOf(made);
  }

  @Test
  void when_one_host_is_away_another_one_stands_in() {
    ArangoDouble gone = new ArangoDouble();
    opened.add(gone);
    gone.stop();
    Store store = store(Map.of("arango.url", gone.url() + ", " + server.url()));
    StoredQueue queue = queue();

    assertThat(store.saveQueue(queue)).isNull();
    assertThat(store.loadQueue(queue.id())).isEqualTo(queue.document());
  }

  @Test
  void a_host_that_hangs_does_not_keep_the_others_from_serving() {
    ArangoDouble other = new ArangoDouble(server);
    opened.add(other);
    Store store =
        store(Map.of("arango.url", server.url() + "," + other.url(), "arango.timeout", "2s"));
    store.check();
    server.fail(Fault.of(Fault.Kind.HANG), 1000);

    List<@Nullable Throwable> outcomes =
        IntStream.range(0, 6)
            .<@Nullable Throwable>mapToObj(i -> catchThrowable(store::countQueues))
            .toList();

    assertThat(outcomes).filteredOn(Objects::isNull).hasSizeBetween(3, 5);
  }

  @Test
  void a_closed_store_leaves_no_thread_behind() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Store store = store();
    store.check();
    store.close();

    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !before.contains(thread))
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.contains("arango") || name.contains("adb-http")));
  }

  @Test
  void two_processes_that_write_at_once_lose_no_update() throws Exception {
    List<Store> stores = List.of(store(), store());
    StoredQueue queue = queue();
    stores.get(0).saveQueue(queue);

    StoreContractTest.atOnce(
        stores.stream()
            .<Callable<Integer>>map(store -> () -> advance(store, queue.shortId(), 10))
            .toList());

    assertThat(stores.get(0).loadQueues(List.of(queue.shortId())).get(0).version()).isEqualTo(21);
  }

  private static int advance(Store store, String shortId, int times) {
    int lost = 0;
    for (int done = 0; done < times; ) {
      StoredQueue read = store.loadQueues(List.of(shortId)).get(0);
      if (store.updateQueues(List.of(change(read, "loading", true))).isEmpty()) {
        done++;
      } else {
        lost++;
      }
    }
    return lost;
  }

  @Test
  void a_batch_of_changes_is_one_request() {
    Store store = store();
    List<StoredQueue> queues = IntStream.range(0, 50).mapToObj(i -> queue()).toList();
    queues.forEach(store::saveQueue);
    server.requests().clear();

    assertThat(store.updateQueues(queues.stream().map(q -> change(q, "loading", true)).toList()))
        .isEmpty();

    assertThat(server.requests()).containsExactly("POST /_db/" + DATABASE + "/_api/cursor");
  }

  @Test
  void a_long_answer_is_fetched_batch_by_batch() {
    Store store = store();
    store.saveJobs(IntStream.range(0, 2500).mapToObj(i -> Fixtures.job("sf-" + i, "one")).toList());
    server.requests().clear();

    assertThat(store.loadJobs(List.of("one"))).hasSize(2500);

    assertThat(server.requests()).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"2,HTTP_2", "1.1,HTTP_1_1"})
  void the_version_of_http_is_the_one_that_is_set(String setting, HttpVersion version) {
    Store store = store(Map.of("arango.http.version", setting));

    assertThat(store.saveQueue(queue())).isNull();

    assertThat(server.versions()).containsExactly(version);
  }

  @Test
  void a_document_shows_its_state_to_those_who_look_into_the_database() {
    Store store = store();
    StoredQueue queue = queue();
    store.saveQueue(queue);

    assertThat(server.documents(DATABASE, "queue_state"))
        .singleElement()
        .satisfies(
            document -> {
              assertThat(document.path("_key").asText()).isEqualTo(queue.id());
              assertThat(document.path("id").asText()).isEqualTo(queue.id());
              assertThat(document.path("version").asLong()).isEqualTo(1);
            });
  }
}
