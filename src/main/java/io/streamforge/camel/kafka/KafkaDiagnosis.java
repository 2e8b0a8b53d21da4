package io.streamforge.camel.kafka;

import static java.util.Objects.requireNonNull;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.IllegalSaslStateException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** Says in one sentence why Kafka cannot be used, and what to do about it. */
final class KafkaDiagnosis {
  private static final String BROKER = "the certificate that Kafka shows ";

  private final KafkaConnection connection;

  KafkaDiagnosis(KafkaConnection connection) {
    this.connection = requireNonNull(connection, "connection is null");
  }

  /**
   * A failure of any Kafka client in words. When all that is known is that nobody answered in time,
   * it looks at the addresses itself, which takes some seconds at the most.
   */
  String of(Throwable failure) {
    List<Throwable> causes =
        Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(20).toList();
    for (Throwable cause : causes) {
      Optional<String> known = login(cause).or(() -> certificate(cause)).or(() -> set(cause));
      if (known.isPresent()) {
        return known.get();
      }
    }
    Throwable root = causes.get(causes.size() - 1);
    if (has(causes, SSLException.class)) {
      return "the TLS handshake with Kafka failed: " + root.getMessage();
    }
    if (has(causes, org.apache.kafka.common.errors.TimeoutException.class)
        || has(causes, TimeoutException.class)
        || has(causes, DisconnectException.class)) {
      return new ListenerLook(connection).finding();
    }
    return "Kafka cannot be used: " + root;
  }

  private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
    return causes.stream().anyMatch(type::isInstance);
  }

  private Optional<String> login(Throwable cause) {
    if (cause instanceof UnsupportedSaslMechanismException
        || cause instanceof IllegalSaslStateException) {
      return Optional.of(
          "Kafka does not offer a login with %s there: set KAFKA_SASL_MECHANISM to one it offers"
              .formatted(connection.mechanism()));
    }
    if (cause instanceof SaslAuthenticationException) {
      return Optional.of(
          "Kafka refuses the login of KAFKA_USER=%s: correct KAFKA_USER and KAFKA_PASSWORD, or have"
                  .formatted(connection.user())
              + " the user set up at the brokers for "
              + connection.mechanism());
    }
    if (cause instanceof AuthorizationException) {
      return Optional.of(
          "%s may not do all it has to: have the right granted at the brokers (%s)"
              .formatted(
                  connection.user() == null
                      ? "whoever comes without a login"
                      : "KAFKA_USER=" + connection.user(),
                  cause.getMessage()));
    }
    return Optional.empty();
  }

  private Optional<String> certificate(Throwable cause) {
    if (cause instanceof CertificateExpiredException) {
      return Optional.of(
          BROKER + "has expired (%s): have it renewed".formatted(cause.getMessage()));
    }
    if (cause instanceof CertificateNotYetValidException) {
      return Optional.of(
          BROKER
              + "is not valid yet (%s): set the clocks right, or have it made anew"
                  .formatted(cause.getMessage()));
    }
    if (cause instanceof CertPathBuilderException || chainsToNobody(cause)) {
      return Optional.of(
          BROKER
              + "is signed by an authority that is not trusted here: "
              + (connection.caPath() == null
                  ? "set CA_PATH to the PEM file with the authority's certificate"
                  : "put the authority's certificate into CA_PATH=" + connection.caPath()));
    }
    String text = String.valueOf(cause.getMessage());
    if (cause instanceof CertificateException
        && (text.startsWith("No subject alternative") || text.startsWith("No name matching"))) {
      return Optional.of(
          BROKER
              + "is made out to another name (%s): name the brokers in KAFKA_BOOTSTRAP_SERVERS and in"
                  .formatted(text)
              + " their advertised.listeners as the certificate does, or have it made anew");
    }
    return Optional.empty();
  }

  private static boolean chainsToNobody(Throwable cause) {
    return cause instanceof CertPathValidatorException path
        && (path.getReason() == PKIXReason.NO_TRUST_ANCHOR
            || path.getReason() == BasicReason.INVALID_SIGNATURE);
  }

  private Optional<String> set(Throwable cause) {
    String text = String.valueOf(cause.getMessage());
    if (cause instanceof ConfigException && text.contains("No resolvable bootstrap urls")) {
      return Optional.of(new ListenerLook(connection).finding());
    }
    if (cause instanceof InvalidConfigurationException && text.contains("PEM")) {
      return Optional.of(
          "CA_PATH=%s cannot be used: it must hold certificates in PEM form"
              .formatted(connection.caPath()));
    }
    return Optional.empty();
  }
}
