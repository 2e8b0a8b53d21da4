package io.streamforge.camel.kafka;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Looks for itself at the addresses of Kafka, since a client only tells that nobody answered in
 * time: not whether the name is unknown, the port closed, or the other side expects TLS.
 */
final class ListenerLook {
  private static final int PATIENCE_MS = 500;
  private static final int MOST_ADDRESSES = 3;

  private final KafkaConnection connection;

  ListenerLook(KafkaConnection connection) {
    this.connection = requireNonNull(connection, "connection is null");
  }

  /** What is wrong with the first addresses, each in some words. */
  String finding() {
    return Arrays.stream(connection.bootstrapServers().split(","))
        .map(String::strip)
        .limit(MOST_ADDRESSES)
        .map(this::finding)
        .distinct()
        .collect(Collectors.joining("; "));
  }

  private String finding(String address) {
    int colon = address.lastIndexOf(':');
    InetSocketAddress peer =
        new InetSocketAddress(
            address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    if (peer.isUnresolved()) {
      return "the name in %s is not known: correct KAFKA_BOOTSTRAP_SERVERS, or have the name set up"
          .formatted(address);
    }
    try (Socket socket = new Socket()) {
      socket.connect(peer, PATIENCE_MS);
      socket.setSoTimeout(PATIENCE_MS);
      return finding(address, socket);
    } catch (ConnectException refused) {
      return "nobody listens at %s: start Kafka there, or correct KAFKA_BOOTSTRAP_SERVERS"
          .formatted(address);
    } catch (IOException unreachable) {
      return "%s cannot be reached (%s): let the network through, or correct"
              .formatted(address, unreachable.getMessage())
          + " KAFKA_BOOTSTRAP_SERVERS";
    }
  }

  private String finding(String address, Socket connected) {
    boolean secured = connection.user() != null;
    Speech speech = speech(connected);
    if (speech == Speech.TLS && !secured) {
      return "%s expects TLS: set KAFKA_USER, KAFKA_PASSWORD and CA_PATH, or name a listener without"
          .formatted(address);
    }
    if (speech == Speech.OTHER && secured) {
      return "%s speaks no TLS: name a listener of SASL_SSL in KAFKA_BOOTSTRAP_SERVERS, or unset"
              .formatted(address)
          + " KAFKA_USER";
    }
    return "%s takes connections and does not answer in time: look at the brokers, and whether the"
            .formatted(address)
        + " addresses in their advertised.listeners can be reached from here";
  }

  private enum Speech {
    TLS,
    OTHER,
    NONE
  }

  /**
   * What the other side answers to the beginning of a TLS handshake; whom it trusts is no matter.
   */
  private static Speech speech(Socket connected) {
    SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
    try (SSLSocket tls =
        (SSLSocket)
            factory.createSocket(
                connected,
                connected.getInetAddress().getHostAddress(),
                connected.getPort(),
                true)) {
      tls.startHandshake();
      return Speech.TLS;
    } catch (SSLHandshakeException answered) {
      return answered.getCause() instanceof EOFException ? Speech.OTHER : Speech.TLS;
    } catch (java.net.SocketTimeoutException silent) {
      return Speech.NONE;
    } catch (IOException noHandshake) {
      return Speech.OTHER;
    }
  }
}
