package io.streamforge.camel.kafka;

import static java.util.Objects.requireNonNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.jspecify.annotations.Nullable;

/**
 * How Kafka is reached: in plain text without a user, else over TLS with the user's password. The
 * messages of its errors name the settings and are fit to show to an operator.
 *
 * @param bootstrapServers {@code host:port}, separated by commas
 * @param mechanism one of {@link #MECHANISMS}; only used with a user
 * @param caPath a PEM file with the certificates to trust; null means those the system trusts
 * @param patience how long a connection, or an answer over it, is waited for before another one is
 *     tried; clients whose calls have a limit of their own go by that
 */
public record KafkaConnection(
    String bootstrapServers,
    @Nullable String user,
    @Nullable String password,
    String mechanism,
    @Nullable Path caPath,
    Duration patience) {

  public static final Set<String> MECHANISMS = Set.of("SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN");

  private static final String SECURE = "SASL_SSL";
  private static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(3);

  public KafkaConnection {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("KAFKA_BOOTSTRAP_SERVERS is empty");
    }
    requireNonNull(mechanism, "mechanism is null");
    if (patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("KAFKA_REQUEST_TIMEOUT must be positive: " + patience);
    }
    if (user != null && (password == null || password.isEmpty())) {
      throw new IllegalArgumentException("KAFKA_PASSWORD is missing: KAFKA_USER is set");
    }
    if (user != null && !MECHANISMS.contains(mechanism)) {
      throw new IllegalArgumentException(
          "KAFKA_SASL_MECHANISM must be one of "
              + MECHANISMS.stream().sorted().toList()
              + ": "
              + mechanism);
    }
    if (user != null && caPath != null && !Files.isReadable(caPath)) {
      throw new IllegalArgumentException("CA_PATH is not a readable file: " + caPath);
    }
  }

  /** A connection with a patience of three seconds. */
  public KafkaConnection(
      String bootstrapServers,
      @Nullable String user,
      @Nullable String password,
      String mechanism,
      @Nullable Path caPath) {
    this(bootstrapServers, user, password, mechanism, caPath, DEFAULT_PATIENCE);
  }

  /** A connection in plain text, as to the embedded broker. */
  public static KafkaConnection plaintext(String bootstrapServers) {
    return new KafkaConnection(bootstrapServers, null, null, "SCRAM-SHA-512", null);
  }

  /** The properties of any Kafka client; they contain the password. */
  public Map<String, Object> clientProperties() {
    Map<String, Object> properties = new HashMap<>(recovery());
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, patienceMs());
    if (user != null && password != null) {
      properties.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, SECURE);
      properties.put(SaslConfigs.SASL_MECHANISM, mechanism);
      properties.put(SaslConfigs.SASL_JAAS_CONFIG, login(user, password));
      if (caPath != null) {
        properties.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
        properties.put(SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, caPath.toString());
      }
    }
    return properties;
  }

  /**
   * The properties of a producer, which keeps the order of records and may write one twice.
   *
   * <p>It is not idempotent, since such a producer stays mute for ever when its login is refused,
   * or a certificate has expired, while it asks for its id: Kafka 3.9 forgets the question ({@code
   * Sender.maybeSendAndPollTransactionalRequest}). One request at a time keeps the order instead.
   */
  Map<String, Object> producerProperties() {
    Map<String, Object> properties = clientProperties();
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    return properties;
  }

  /** What lets a client find its way back when brokers hang, or come back at other addresses. */
  private Map<String, Object> recovery() {
    return Map.of(
        CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
        patienceMs(),
        CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG,
        patienceMs(),
        CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG,
        "rebootstrap");
  }

  private int patienceMs() {
    return Math.toIntExact(patience.toMillis());
  }

  /**
   * Gives the connection to all endpoints of the component, so that no URI has a credential. Its
   * producers keep the order of records, and may write one twice, as {@link #producerProperties}
   * says.
   */
  public void configure(KafkaComponent component) {
    KafkaConfiguration configuration = component.getConfiguration();
    configuration.setEnableIdempotence(false);
    configuration.setMaxInFlightRequest(1);
    configuration.setBrokers(bootstrapServers);
    // A name that is not known yet keeps consumers trying; checked beforehand it would end the
    // start.
    configuration.setPreValidateHostAndPort(false);
    configuration.setConsumerRequestTimeoutMs(patienceMs());
    // A consumer that still tries to subscribe does not hear that it has to stop.
    configuration.setShutdownTimeout(patienceMs());
    // The component resolves placeholders in place.
    configuration.setAdditionalProperties(new HashMap<>(recovery()));
    if (user != null && password != null) {
      configuration.setSecurityProtocol(SECURE);
      configuration.setSaslMechanism(mechanism);
      configuration.setSaslJaasConfig(login(user, password));
      if (caPath != null) {
        configuration.setSslTruststoreType("PEM");
        configuration.setSslTruststoreLocation(caPath.toString());
      }
    }
  }

  private String login(String name, String secret) {
    String module =
        mechanism.equals("PLAIN")
            ? "org.apache.kafka.common.security.plain.PlainLoginModule"
            : "org.apache.kafka.common.security.scram.ScramLoginModule";
    return "%s required username=\"%s\" password=\"%s\";"
        .formatted(module, escaped(name), escaped(secret));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /**
   * Why Kafka cannot be used, and what to do about it: one sentence, fit to show to an operator.
   *
   * @param failure what any Kafka client of this connection has thrown
   */
  public String explain(Throwable failure) {
    return new KafkaDiagnosis(this).of(failure);
  }

  @Override
  public String toString() {
    return user == null
        ? "PLAINTEXT " + bootstrapServers
        : "%s %s as %s with %s, password ***, trusting %s"
            .formatted(
                SECURE,
                bootstrapServers,
                user,
                mechanism,
                caPath == null ? "the system's certificates" : caPath);
  }
}
