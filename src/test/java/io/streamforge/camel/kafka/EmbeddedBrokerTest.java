package io.streamforge.camel.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.playground.FreePorts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

class EmbeddedBrokerTest {

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @Test
  void records_outlive_an_orderly_stop() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.open(directory, 0)) {
      broker.start().join();
      Records.write(broker.bootstrapServers(), "kept", "one", "two");
    }
    try (EmbeddedBroker broker = EmbeddedBroker.open(directory, 0)) {
      broker.start().join();
      assertThat(Records.values(broker.bootstrapServers(), "kept")).containsExactly("one", "two");
    }
  }

  @Test
  void records_outlive_a_kill_and_the_next_start_does_not_wait_for_the_dead_session()
      throws Exception {
    try (BrokerProcess first = BrokerProcess.start(directory, FreePorts.find())) {
      Records.write(first.bootstrapServers(), "kept", "one", "two");
      first.kill();
      Map<String, String> longSession = Map.of("broker.session.timeout.ms", "120000");
      try (EmbeddedBroker second = EmbeddedBroker.open(directory, first.port(), longSession)) {
        CompletableFuture<Void> started = second.start();
        assertThat(started).succeedsWithin(Duration.ofSeconds(60));
        assertThat(second.bootstrapServers()).isEqualTo(first.bootstrapServers());
        assertThat(Records.values(second.bootstrapServers(), "kept")).containsExactly("one", "two");
        Records.write(second.bootstrapServers(), "kept", "three");
        assertThat(Records.values(second.bootstrapServers(), "kept"))
            .containsExactly("one", "two", "three");
      }
    }
  }

  @Test
  void a_process_of_its_own_ends_in_order_at_sigterm() throws Exception {
    try (BrokerProcess process = BrokerProcess.start(directory, 0)) {
      process.stop();
    }
    assertThat(directory.resolve(".kafka_cleanshutdown")).exists();
  }

  @Test
  void the_wanted_port_is_taken_when_it_is_free() throws Exception {
    int free = FreePorts.find();
    try (EmbeddedBroker broker = EmbeddedBroker.open(directory, free)) {
      assertThat(broker.port()).isEqualTo(free);
    }
  }

  @Test
  void a_taken_port_gives_way_to_a_free_one_which_is_told_before_the_start() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        EmbeddedBroker broker = EmbeddedBroker.open(directory, other.getLocalPort())) {
      assertThat(broker.port()).isNotEqualTo(other.getLocalPort()).isPositive();
      assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + broker.port());
    }
  }

  @Test
  void it_listens_on_the_loopback_interface_only() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.open(directory, 0);
        Socket client = new Socket()) {
      broker.start().join();
      // Another address of the same interface: only a wildcard listener would accept it.
      assertThatThrownBy(
              () -> client.connect(new InetSocketAddress("127.0.0.2", broker.port()), 1000))
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void a_second_broker_on_the_directory_is_told_what_to_set() throws Exception {
    try (EmbeddedBroker holder = EmbeddedBroker.open(directory, 0)) {
      assertThatThrownBy(() -> EmbeddedBroker.open(directory, 0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("another process holds " + directory)
          .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS")
          .hasMessageContaining(holder.bootstrapServers());
    }
    try (EmbeddedBroker next = EmbeddedBroker.open(directory, 0)) {
      assertThat(next.port()).isPositive();
    }
  }

  @Test
  void a_second_process_on_the_directory_is_told_what_to_set() throws Exception {
    try (EmbeddedBroker holder = EmbeddedBroker.open(directory, 0)) {
      assertThatThrownBy(() -> BrokerProcess.start(directory, 0))
          .hasMessageContaining("set KAFKA_BOOTSTRAP_SERVERS to its broker")
          .hasMessageContaining(holder.bootstrapServers());
    }
  }

  @Test
  void a_close_in_the_middle_of_the_start_leaves_the_directory_usable() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.open(directory, 0)) {
      assertThat(broker.start()).isNotDone();
    }
    try (EmbeddedBroker broker = EmbeddedBroker.open(directory, 0)) {
      assertThat(broker.start()).succeedsWithin(Duration.ofSeconds(60));
    }
  }

  @Test
  void a_port_that_somebody_took_before_the_start_is_named_and_the_directory_stays_usable()
      throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.open(directory, 0);
        ServerSocket thief = new ServerSocket(broker.port(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(broker.start())
          .failsWithin(Duration.ofSeconds(60))
          .withThrowableThat()
          .withMessageContaining(broker.bootstrapServers())
          .withMessageContaining("in use");
    }
    try (EmbeddedBroker broker = EmbeddedBroker.open(directory, 0)) {
      assertThat(broker.start()).succeedsWithin(Duration.ofSeconds(60));
    }
  }

  @Test
  void a_controller_that_cannot_listen_fails_the_start_and_not_the_process() throws Exception {
    try (ServerSocket thief = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String listeners = "PLAINTEXT://127.0.0.1:0,CONTROLLER://127.0.0.1:" + thief.getLocalPort();
      try (EmbeddedBroker broker =
          EmbeddedBroker.open(directory, 0, Map.of("listeners", listeners))) {
        assertThat(broker.start())
            .failsWithin(Duration.ofSeconds(60))
            .withThrowableThat()
            .withMessageContaining("in use");
        assertThat(broker.death()).isCompletedWithValueMatching(why -> why.contains("in use"));
      }
    }
  }

  @Test
  void a_start_that_cannot_succeed_says_why() throws Exception {
    Files.writeString(directory.resolve("meta.properties"), "version=1\nnode.id=77\n");
    try (EmbeddedBroker broker = EmbeddedBroker.open(directory, 0)) {
      assertThat(broker.start())
          .failsWithin(Duration.ofSeconds(60))
          .withThrowableThat()
          .withMessageContaining("the embedded broker on " + directory + " cannot start");
    }
  }

  @Test
  void a_broker_whose_directory_is_gone_tells_why_it_gives_up_and_the_process_goes_on()
      throws Exception {
    Path home = Files.createDirectory(directory.resolve("broker"));
    try (EmbeddedBroker broker = EmbeddedBroker.open(home, 0)) {
      broker.start().join();
      assertThat(broker.death()).isNotDone();

      FileSystemUtils.deleteRecursively(home);
      // What is open goes on; a new topic needs a new folder.
      try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
        admin.createTopics(List.of(new NewTopic("new", 1, (short) 1)));
        assertThat(broker.death())
            .succeedsWithin(Duration.ofSeconds(60))
            .asString()
            .contains(
                "the embedded broker has given up", home.toString(), "MB left", "start again");
      }
    }
  }

  @Test
  void a_fault_that_is_fatal_to_a_process_of_kafka_is_told_to_the_owner_of_the_broker() {
    List<String> told = new ArrayList<>();
    BrokerThreads threads = new BrokerThreads(told::add);

    threads.build("loading", false, () -> {}).handleFault("a record is odd", null);
    assertThat(told).isEmpty();

    IOException cause = new IOException("disk full");
    assertThat(threads.build("raft", true, () -> {}).handleFault("no write", cause))
        .hasCause(cause);
    assertThat(told).containsExactly("raft: no write: disk full");
  }

  @Test
  void a_process_of_its_own_ends_with_the_reason_when_its_broker_gives_up() throws Exception {
    Path home = Files.createDirectory(directory.resolve("broker"));
    try (BrokerProcess process = BrokerProcess.start(home, 0);
        Admin admin = Admin.create(Map.of("bootstrap.servers", process.bootstrapServers()))) {
      FileSystemUtils.deleteRecursively(home);
      admin.createTopics(List.of(new NewTopic("new", 1, (short) 1)));
      assertThat(process.awaitEnd()).isEqualTo(1);
    }
  }
}
