package io.streamforge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.kafka.SecuredBroker;
import io.streamforge.camel.kafka.SecuredBroker.Door;
import io.streamforge.camel.kafka.TestAuthority;
import io.streamforge.service.RunningService;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
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
    return check(door, SecuredBroker.USER, password, broker.authority(), Map.of());
  }

  private boolean check(
      Door door, String user, String password, Path authority, Map<String, String> differing)
      throws Exception {
    Map<String, String> environment = new HashMap<>(RunningService.PATIENT);
    environment.put("DATA_DIR", directory.resolve("data").toString());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers(door));
    environment.put("KAFKA_USER", user);
    environment.put("KAFKA_PASSWORD", password);
    environment.put("CA_PATH", authority.toString());
    environment.putAll(differing);
    Settings settings = Settings.load(Path.of(""), environment);
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
    assertThat(check(Door.GOOD, SecuredBroker.USER, SecuredBroker.PASSWORD, stranger, Map.of()))
        .isFalse();
    assertThat(printed.toString(UTF_8))
        .contains("kafka: FAILED: the certificate that Kafka shows has expired")
        .contains("kafka: FAILED: the certificate that Kafka shows is made out to another name")
        .contains("kafka: FAILED: the certificate that Kafka shows is signed by an authority that");
  }

  @Test
  void plain_text_where_tls_is_expected_is_told() throws Exception {
    // Nothing answers in plain text, so that the probe always takes its time.
    Map<String, String> quick = Map.of("KAFKA_PROBE_TIMEOUT", "2s");
    assertThat(check(Door.GOOD, "", "", broker.authority(), quick)).isFalse();
    assertThat(printed.toString(UTF_8))
        .contains("kafka: FAILED: " + broker.bootstrapServers(Door.GOOD) + " expects TLS: set");
  }
}
