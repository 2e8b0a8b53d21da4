package io.streamforge.camel.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.streamforge.camel.kafka.SecuredBroker.Door;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who comes over TLS with the right password is let in; everybody else is told what to change. */
class SecuredKafkaTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @SuppressWarnings("NullAway.Init")
  @TempDir
  static Path directory;

  @SuppressWarnings("NullAway.Init")
  private static SecuredBroker broker;

  @BeforeAll
  static void start() {
    broker = SecuredBroker.start(directory);
    broker.letIn(SecuredBroker.USER, SecuredBroker.PASSWORD);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static KafkaConnection connection(Door door, String password, @Nullable Path authority) {
    return new KafkaConnection(
        broker.bootstrapServers(door), SecuredBroker.USER, password, "SCRAM-SHA-512", authority);
  }

  /** Of a broker that answers: it is told as soon as it does. */
  private static String complaint(KafkaConnection connection) {
    return complaint(connection, PATIENCE);
  }

  /** Of nobody who could be understood: it is told when the time is over. */
  private static String lateComplaint(KafkaConnection connection) {
    return complaint(connection, Duration.ofSeconds(2));
  }

  private static String complaint(KafkaConnection connection, Duration timeout) {
    try (KafkaProbe probe = new KafkaProbe(connection, timeout)) {
      return String.valueOf(catchThrowable(probe::check).getMessage());
    }
  }

  @Test
  void the_right_password_over_tls_lets_in() throws Exception {
    KafkaConnection right = connection(Door.GOOD, SecuredBroker.PASSWORD, broker.authority());
    try (KafkaProbe probe = new KafkaProbe(right, PATIENCE);
        TopicOpener opener = new TopicOpener(right.clientProperties(), 5000);
        GroupedWriter writer = new GroupedWriter(right, 5000);
        PositionedReader reader = new PositionedReader(right.clientProperties())) {
      probe.check();
      String topic = TestBroker.uniqueName("secret");
      opener.open(List.of(topic));
      assertThat(
              writer.write(
                  Map.of(1, List.of(new ProducerRecord<>(topic, "key", "value".getBytes(UTF_8)))),
                  Duration.ofSeconds(5)))
          .isEmpty();
      assertThat(reader.read(Map.of(new TopicPartition(topic, 0), 0L), Duration.ofSeconds(5), 1))
          .extracting(record -> new String(record.value(), UTF_8))
          .containsExactly("value");
    }
  }

  @Test
  void a_wrong_password_is_refused_and_named_without_being_shown() {
    assertThat(complaint(connection(Door.GOOD, "wrong-password", broker.authority())))
        .isEqualTo(
            "Kafka refuses the login of KAFKA_USER=streamforge: correct KAFKA_USER and"
                + " KAFKA_PASSWORD, or have the user set up at the brokers for SCRAM-SHA-512");
  }

  @Test
  void a_mechanism_that_the_broker_does_not_offer_is_named() {
    KafkaConnection other =
        new KafkaConnection(
            broker.bootstrapServers(Door.GOOD),
            SecuredBroker.USER,
            SecuredBroker.PASSWORD,
            "PLAIN",
            broker.authority());
    assertThat(complaint(other)).contains("login with PLAIN").contains("KAFKA_SASL_MECHANISM");
  }

  @Test
  void an_authority_that_is_not_trusted_is_told_with_the_file_to_change() {
    Path stranger = new TestAuthority().writeCertificate(directory.resolve("stranger.pem"));
    assertThat(complaint(connection(Door.GOOD, SecuredBroker.PASSWORD, stranger)))
        .startsWith(
            "the certificate that Kafka shows is signed by an authority that is not trusted")
        .endsWith("put the authority's certificate into CA_PATH=" + stranger);
  }

  @Test
  void without_a_pem_file_the_system_is_asked_and_the_setting_is_named() {
    assertThat(complaint(connection(Door.GOOD, SecuredBroker.PASSWORD, null)))
        .contains("not trusted")
        .endsWith("set CA_PATH to the PEM file with the authority's certificate");
  }

  @Test
  void an_expired_certificate_is_told_with_its_end() {
    assertThat(complaint(connection(Door.EXPIRED, SecuredBroker.PASSWORD, broker.authority())))
        .startsWith("the certificate that Kafka shows has expired (NotAfter: ")
        .endsWith("have it renewed");
  }

  @Test
  void a_certificate_for_another_host_is_told() {
    assertThat(complaint(connection(Door.MISNAMED, SecuredBroker.PASSWORD, broker.authority())))
        .contains("is made out to another name")
        .contains("KAFKA_BOOTSTRAP_SERVERS");
  }

  @Test
  void who_comes_in_plain_text_is_told_that_tls_is_expected() {
    String address = broker.bootstrapServers(Door.GOOD);
    String expected =
        address
            + " expects TLS: set KAFKA_USER, KAFKA_PASSWORD and CA_PATH, or name a listener"
            + " without";
    assertThat(lateComplaint(KafkaConnection.plaintext(address))).isEqualTo(expected);
  }

  @Test
  void a_broker_without_tls_is_told_to_who_has_a_password() {
    KafkaConnection secured =
        new KafkaConnection(
            TestBroker.bootstrapServers(),
            SecuredBroker.USER,
            SecuredBroker.PASSWORD,
            "SCRAM-SHA-512",
            broker.authority());
    assertThat(lateComplaint(secured))
        .contains("speaks no TLS")
        .contains("KAFKA_BOOTSTRAP_SERVERS");
  }

  @Test
  void a_closed_port_and_an_unknown_name_are_told() throws Exception {
    try (LoopbackPort port = LoopbackPort.reserve(0)) {
      String closed = "127.0.0.1:" + port.number();
      String expected =
          "nobody listens at %s: start Kafka there, or correct KAFKA_BOOTSTRAP_SERVERS"
              .formatted(closed);
      assertThat(lateComplaint(KafkaConnection.plaintext(closed))).isEqualTo(expected);
    }
    assertThat(lateComplaint(KafkaConnection.plaintext("nobody.invalid:9092")))
        .contains("the name in nobody.invalid:9092 is not known");
  }

  @Test
  void a_probe_that_failed_succeeds_once_the_cause_is_gone() throws Exception {
    try (KafkaProbe probe =
        new KafkaProbe(
            new KafkaConnection(
                broker.bootstrapServers(Door.GOOD),
                "latecomer",
                "late",
                "SCRAM-SHA-512",
                broker.authority()),
            PATIENCE)) {
      assertThatThrownBy(probe::check).hasMessageContaining("KAFKA_USER=latecomer");
      broker.letIn("latecomer", "late");
      await().atMost(PATIENCE).ignoreExceptions().until(() -> passes(probe));
    }
  }

  private static boolean passes(KafkaProbe probe) throws Exception {
    probe.check();
    return true;
  }
}
