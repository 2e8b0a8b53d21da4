package io.streamforge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.kafka.SecuredBroker;
import io.streamforge.camel.kafka.SecuredBroker.Door;
import io.streamforge.camel.kafka.TestAuthority;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --check} prints about secured Kafka. */
class SelfCheckTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  static Path directory;

  @SuppressWarnings("NullAway.Init")
  private static SecuredBroker broker;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeAll
  static void start() {
    broker = SecuredBroker.start(directory);
    broker.letIn(SecuredBroker.USER, SecuredBroker.PASSWORD);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private boolean check(Door door, String password) throws Exception {
    return check(door, SecuredBroker.USER, password, broker.authority());
  }

  private boolean check(Door door, String user, String password, Path authority) throws Exception {
    Settings settings =
        Settings.load(
            Path.of(""),
            Map.of(
                "DATA_DIR",
                directory.resolve("data").toString(),
                "DEPENDENCY_PATIENCE",
                "20s",
                "KAFKA_BOOTSTRAP_SERVERS",
                broker.bootstrapServers(door),
                "KAFKA_USER",
                user,
                "KAFKA_PASSWORD",
                password,
                "CA_PATH",
                authority.toString()));
    return SelfCheck.run(settings, new PrintStream(printed, true, UTF_8));
  }

  @Test
  void all_is_well_with_the_right_password_which_is_not_shown() throws Exception {
    assertThat(check(Door.GOOD, SecuredBroker.PASSWORD)).isTrue();
    assertThat(printed.toString(UTF_8))
        .contains("store: ok", "kafka: ok", "KAFKA_PASSWORD=***")
        .doesNotContain(SecuredBroker.PASSWORD);
  }

  @Test
  void a_wrong_password_is_told_and_not_shown() throws Exception {
    assertThat(check(Door.GOOD, "wrong-password")).isFalse();
    assertThat(printed.toString(UTF_8))
        .contains("store: ok", "kafka: FAILED: Kafka refuses the login of KAFKA_USER=")
        .doesNotContain("wrong-password");
  }

  @Test
  void a_certificate_that_cannot_be_relied_on_is_told() throws Exception {
    assertThat(check(Door.EXPIRED, SecuredBroker.PASSWORD)).isFalse();
    assertThat(check(Door.MISNAMED, SecuredBroker.PASSWORD)).isFalse();
    Path stranger = new TestAuthority().writeCertificate(directory.resolve("stranger.pem"));
    assertThat(check(Door.GOOD, SecuredBroker.USER, SecuredBroker.PASSWORD, stranger)).isFalse();
    assertThat(printed.toString(UTF_8))
        .contains("kafka: FAILED: the certificate that Kafka shows has expired")
        .contains("kafka: FAILED: the certificate that Kafka shows is made out to another name")
        .contains("kafka: FAILED: the certificate that Kafka shows is signed by an authority that");
  }

  @Test
  void plain_text_where_tls_is_expected_is_told() throws Exception {
    assertThat(check(Door.GOOD, "", "", broker.authority())).isFalse();
    assertThat(printed.toString(UTF_8))
        .contains("kafka: FAILED: " + broker.bootstrapServers(Door.GOOD) + " expects TLS: set");
  }
}
