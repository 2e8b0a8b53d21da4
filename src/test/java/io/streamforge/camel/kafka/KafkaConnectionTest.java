package io.streamforge.camel.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaConnectionTest {

  private static final String SERVERS = "one:9092,two:9092";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @Test
  void without_a_user_nothing_of_tls_or_a_login_is_set() {
    KafkaConnection connection = KafkaConnection.plaintext(SERVERS);
    assertThat(connection.clientProperties())
        .containsEntry("bootstrap.servers", SERVERS)
        .allSatisfy((name, value) -> assertThat(name).doesNotContain("ssl", "sasl", "security"));

    KafkaConfiguration configuration = configured(connection);
    assertThat(configuration.getBrokers()).isEqualTo(SERVERS);
    assertThat(configuration.getSaslJaasConfig()).isNull();
  }

  @Test
  void with_a_user_the_login_goes_over_tls_and_trusts_the_pem_file() throws Exception {
    Path ca = Files.writeString(directory.resolve("ca.pem"), "certificates");
    KafkaConnection connection =
        new KafkaConnection(SERVERS, "app", "open sesame", "SCRAM-SHA-512", ca);

    assertThat(connection.clientProperties())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "SCRAM-SHA-512")
        .containsEntry("ssl.truststore.type", "PEM")
        .containsEntry("ssl.truststore.location", ca.toString())
        .doesNotContainKey("ssl.truststore.password");

    KafkaConfiguration configuration = configured(connection);
    assertThat(configuration.getSecurityProtocol()).isEqualTo("SASL_SSL");
    assertThat(configuration.getSaslMechanism()).isEqualTo("SCRAM-SHA-512");
    assertThat(configuration.getSaslJaasConfig())
        .isEqualTo(connection.clientProperties().get("sasl.jaas.config"));
    assertThat(configuration.getSslTruststoreType()).isEqualTo("PEM");
    assertThat(configuration.getSslTruststoreLocation()).isEqualTo(ca.toString());
    assertThat(configuration.getSslTruststorePassword()).isNull();
  }

  @Test
  void without_a_pem_file_the_system_is_trusted() {
    KafkaConnection connection =
        new KafkaConnection(SERVERS, "app", "open sesame", "SCRAM-SHA-512", null);
    assertThat(connection.clientProperties())
        .doesNotContainKeys("ssl.truststore.type", "ssl.truststore.location");
    assertThat(configured(connection).getSslTruststoreLocation()).isNull();
  }

  @Test
  void quotes_and_backslashes_of_a_password_reach_the_login_module() {
    String password = "a\"b\\c;d'e=f";
    KafkaConnection connection =
        new KafkaConnection(SERVERS, "us\"er", password, "SCRAM-SHA-512", null);

    AppConfigurationEntry login =
        JaasContext.loadClientContext(
                Map.of(
                    "sasl.jaas.config",
                    new Password((String) connection.clientProperties().get("sasl.jaas.config"))))
            .configurationEntries()
            .get(0);
    assertThat(login.getOptions().get("username")).isEqualTo("us\"er");
    assertThat(login.getOptions().get("password")).isEqualTo(password);
  }

  @Test
  void no_client_waits_longer_than_the_patience_for_a_connection_or_an_answer() {
    KafkaConnection connection =
        new KafkaConnection(SERVERS, null, null, "PLAIN", null, Duration.ofMillis(700));
    assertThat(connection.clientProperties())
        .containsEntry("request.timeout.ms", 700)
        .containsEntry("socket.connection.setup.timeout.ms", 700)
        .containsEntry("socket.connection.setup.timeout.max.ms", 700);
    assertThat(configured(connection).getConsumerRequestTimeoutMs()).isEqualTo(700);
    assertThat(configured(connection).getAdditionalProperties())
        .containsEntry("socket.connection.setup.timeout.ms", 700);
    assertThatThrownBy(() -> new KafkaConnection(SERVERS, null, null, "PLAIN", null, Duration.ZERO))
        .hasMessageContaining("KAFKA_REQUEST_TIMEOUT");
  }

  @Test
  void the_password_is_not_shown() {
    String text =
        new KafkaConnection(SERVERS, "app", "open sesame", "SCRAM-SHA-512", null).toString();
    assertThat(text).contains(SERVERS, "app", "***").doesNotContain("open sesame");
  }

  @Test
  void what_is_missing_or_wrong_is_named() {
    assertThatThrownBy(() -> KafkaConnection.plaintext(" "))
        .hasMessageContaining("KAFKA_BOOTSTRAP_SERVERS");
    assertThatThrownBy(() -> new KafkaConnection(SERVERS, "app", null, "SCRAM-SHA-512", null))
        .hasMessageContaining("KAFKA_PASSWORD is missing");
    assertThatThrownBy(() -> new KafkaConnection(SERVERS, "app", "x", "GSSAPI", null))
        .hasMessageContaining("KAFKA_SASL_MECHANISM must be one of");
    Path missing = directory.resolve("missing.pem");
    assertThatThrownBy(() -> new KafkaConnection(SERVERS, "app", "x", "SCRAM-SHA-512", missing))
        .hasMessageContaining("CA_PATH is not a readable file: " + missing);
  }

  private static KafkaConfiguration configured(KafkaConnection connection) {
    KafkaComponent component = new KafkaComponent();
    connection.configure(component);
    return component.getConfiguration();
  }
}
