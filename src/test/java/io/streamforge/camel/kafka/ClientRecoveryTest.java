package io.streamforge.camel.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.faults.Fault;
import io.streamforge.faults.FaultProxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that were at work when something went wrong are at work again soon after it is good. */
class ClientRecoveryTest {
  private static final Duration LENGTH = Duration.ofMillis(3500);
  private static final Duration RECOVERY = Duration.ofSeconds(8);
  private static final int TIMEOUT_MS = 3000;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  static Path directory;

  private static final FaultProxy PROXY = new FaultProxy();

  @SuppressWarnings("NullAway.Init")
  private static ProxiedBroker broker;

  @BeforeAll
  static void start() {
    broker = ProxiedBroker.start(directory.resolve("broker"), PROXY);
  }

  @AfterAll
  static void stop() {
    broker.close();
    PROXY.close();
  }

  /** A call of a client. */
  private interface Call {
    void run() throws Exception;
  }

  private final KafkaConnection connection = KafkaConnection.plaintext(PROXY.address());
  private final String topic = TestBroker.uniqueName("recovery");

  @ParameterizedTest
  @EnumSource(value = Fault.class, names = "HANG")
  void a_client_that_looks_after_topics_comes_back(Fault fault) {
    try (TopicOpener opener = new TopicOpener(connection.clientProperties(), TIMEOUT_MS)) {
      assertComesBack(fault, () -> opener.open(List.of(topic)));
    }
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, names = "HANG")
  void a_probe_and_a_horizon_come_back(Fault fault) {
    try (KafkaProbe probe = new KafkaProbe(connection, Duration.ofSeconds(2));
        GroupHorizon horizon =
            new GroupHorizon(
                connection.clientProperties(),
                "nobody",
                List.of(topic),
                Duration.ofSeconds(3),
                Clock.systemUTC())) {
      assertComesBack(
          fault,
          () -> {
            probe.check();
            horizon.measure();
          });
    }
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, names = "HANG")
  void a_writer_and_a_reader_come_back(Fault fault) {
    try (GroupedWriter writer = new GroupedWriter(connection, TIMEOUT_MS);
        PositionedReader reader = new PositionedReader(connection.clientProperties())) {
      long[] position = {0};
      assertComesBack(
          fault,
          () -> {
            assertThat(
                    writer.write(
                        Map.of(1, List.of(new ProducerRecord<>(topic, "value".getBytes(UTF_8)))),
                        Duration.ofMillis(TIMEOUT_MS)))
                .isEmpty();
            var read =
                reader.read(
                    Map.of(new TopicPartition(topic, 0), position[0]), Duration.ofSeconds(1), 100);
            assertThat(read).isNotEmpty();
            position[0] = read.get(read.size() - 1).offset() + 1;
          });
    }
  }

  private static void assertComesBack(Fault fault, Call call) {
    await().atMost(Duration.ofSeconds(10)).until(() -> succeeds(call));
    PROXY.set(fault);
    long end = System.nanoTime() + LENGTH.toNanos();
    while (System.nanoTime() < end) {
      succeeds(call);
    }
    PROXY.set(Fault.NONE);
    long healed = System.nanoTime();
    await().atMost(RECOVERY).until(() -> succeeds(call));
    System.out.printf(
        "%s: back after %d ms%n", fault, Duration.ofNanos(System.nanoTime() - healed).toMillis());
  }

  private static boolean succeeds(Call call) {
    try {
      call.run();
      return true;
    } catch (Exception | AssertionError away) {
      return false;
    }
  }
}
