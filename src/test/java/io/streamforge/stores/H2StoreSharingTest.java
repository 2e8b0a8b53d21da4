package io.streamforge.stores;

import static io.streamforge.stores.Fixtures.queue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamforge.queues.StoredQueue;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes share the embedded database, and one of them dies at the worst moment. */
@Timeout(60)
class H2StoreSharingTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Duration START = Duration.ofSeconds(30);

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path home;

  @Test
  void what_was_answered_before_a_kill_is_there_afterwards() throws Exception {
    List<String> saved;
    try (SavingProcess process = new SavingProcess(home)) {
      awaitSaves(process, 200);
      saved = process.kill();
    }

    try (Store store = store()) {
      assertSaved(store, saved);
      assertThat(store.countQueues().get("pending"))
          .isBetween((long) saved.size(), saved.size() + 1L);
    }
  }

  @Test
  void when_the_holder_is_killed_the_other_process_goes_on_with_all_that_was_answered()
      throws Exception {
    try (SavingProcess holder = new SavingProcess(home)) {
      awaitSaves(holder, 20);
      try (Store store = store()) {
        StoredQueue mine = queue();
        assertThat(store.saveQueue(mine)).isNull();
        assertThat(address()).as("the file is still the other's").isEqualTo(addressAfter(store));

        List<String> saved = holder.kill();

        await().atMost(SOON).ignoreExceptions().until(() -> store.saveQueue(queue()) == null);
        assertSaved(store, saved);
        assertSaved(store, List.of(mine.id()));
      }
    }
  }

  @Test
  void when_one_that_joined_is_killed_the_holder_does_not_notice() throws Exception {
    try (Store store = store()) {
      store.check();
      try (SavingProcess joined = new SavingProcess(home)) {
        awaitSaves(joined, 20);
        List<String> saved = joined.kill();

        assertThat(store.saveQueue(queue())).isNull();
        assertSaved(store, saved);
      }
    }
  }

  @Test
  void when_the_holder_is_closed_the_other_process_goes_on() throws Exception {
    Store store = store();
    store.check();
    try (SavingProcess joined = new SavingProcess(home)) {
      awaitSaves(joined, 20);

      store.close();

      awaitSaves(joined, joined.saved().size() + 20);
      List<String> saved = joined.kill();
      try (Store again = store()) {
        assertSaved(again, saved);
      }
    }
  }

  @Test
  void processes_that_start_at_once_all_save() throws Exception {
    try (SavingProcess one = new SavingProcess(home);
        SavingProcess two = new SavingProcess(home)) {
      awaitSaves(one, 20);
      awaitSaves(two, 20);
      List<String> saved = new ArrayList<>(one.kill());
      awaitSaves(two, two.saved().size() + 20);
      saved.addAll(two.kill());

      try (Store store = store()) {
        assertSaved(store, saved);
      }
    }
  }

  @Test
  void a_holder_that_hangs_makes_calls_fail_soon_and_work_again_when_it_goes_on() throws Exception {
    try (SavingProcess holder = new SavingProcess(home)) {
      awaitSaves(holder, 1);
      try (Store store = store()) {
        store.check();
        holder.freeze();

        long start = System.nanoTime();
        assertThatThrownBy(store::check).isNotNull();
        assertThatThrownBy(() -> store.saveQueue(queue())).isNotNull();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);

        holder.thaw();
        await().atMost(SOON).ignoreExceptions().until(() -> store.saveQueue(queue()) == null);
      }
    }
  }

  @Test
  void a_start_after_a_kill_takes_little() throws Exception {
    try (SavingProcess process = new SavingProcess(home)) {
      awaitSaves(process, 20);
      process.kill();
    }

    try (Store store = store()) {
      long start = System.nanoTime();
      store.check();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void the_database_is_served_on_loopback_and_only_to_who_knows_the_key() throws Exception {
    try (Store store = store()) {
      store.check();
      String server = address();
      int port = Integer.parseInt(server.substring(server.indexOf(':') + 1, server.indexOf('/')));

      assertThat(server).startsWith("127.0.0.1:");
      for (InetAddress other : outsideAddresses()) {
        assertThatThrownBy(
                () -> {
                  try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(other, port), 1000);
                  }
                })
            .isInstanceOf(java.io.IOException.class);
      }
      assertThatThrownBy(
              () ->
                  DriverManager.getConnection(
                      "jdbc:h2:tcp://127.0.0.1:" + port + "/" + home.resolve("streamforge"),
                      "sa",
                      ""))
          .isInstanceOf(SQLException.class);
      try (var connection = DriverManager.getConnection("jdbc:h2:tcp://" + server, "sa", "")) {
        assertThat(connection.isValid(1)).isTrue();
      }
    }
  }

  private Store store() {
    return new Store("h2", Map.of("data.dir", home.toString(), "h2.patience", "2s"));
  }

  private String address() throws Exception {
    return Files.readString(home.resolve("streamforge.server"));
  }

  private String addressAfter(Store store) throws Exception {
    store.check();
    return address();
  }

  private static void awaitSaves(SavingProcess process, int count) {
    await().atMost(START).until(() -> process.saved().size() >= count);
  }

  private static void assertSaved(Store store, List<String> ids) {
    assertThat(ids).isNotEmpty().allMatch(id -> store.loadQueue(id) != null);
  }

  private static List<InetAddress> outsideAddresses() throws Exception {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> !address.isLoopbackAddress())
        .toList();
  }
}
