package io.streamforge.camel.kafka;

import io.streamforge.playground.FreePorts;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A broker that lets in only who comes over TLS with a password (SCRAM-SHA-512). It shows another
 * certificate at each of its doors.
 */
public final class SecuredBroker implements AutoCloseable {
  public static final String USER = "streamforge";
  public static final String PASSWORD = "open \"sesame\\";

  private static final String BROKER = "broker";
  private static final String BROKER_PASSWORD = "among-ourselves";
  private static final String CONTROLLER = "CONTROLLER";
  private static final String LOGIN =
      "org.apache.kafka.common.security.scram.ScramLoginModule required";

  /** The certificates that it shows. */
  public enum Door {
    GOOD,
    EXPIRED,
    /** Its certificate is made out to another host. */
    MISNAMED
  }

  private final EmbeddedBroker broker;
  private final Map<Door, Integer> ports;
  private final Path authority;

  private SecuredBroker(EmbeddedBroker broker, Map<Door, Integer> ports, Path authority) {
    this.broker = broker;
    this.ports = ports;
    this.authority = authority;
  }

  /** Starts it on an empty directory; returns when it lets clients in. */
  public static SecuredBroker start(Path directory) {
    try {
      TestAuthority authority = new TestAuthority();
      Path trusted = authority.writeCertificate(directory.resolve("authority.pem"));
      Map<Door, Path> identities = new EnumMap<>(Door.class);
      for (Door door : Door.values()) {
        identities.put(
            door,
            authority.writeIdentity(
                directory.resolve(door + ".pem"),
                door == Door.MISNAMED ? "kafka.example.org" : LoopbackPort.HOST,
                TestAuthority.in(door == Door.EXPIRED ? -1 : 1)));
      }
      Path home = directory.resolve("broker");
      format(home);
      List<Integer> free =
          Stream.generate(FreePorts::find).distinct().limit(Door.values().length + 1L).toList();
      Map<Door, Integer> ports = new EnumMap<>(Door.class);
      for (Door door : Door.values()) {
        ports.put(door, free.get(ports.size()));
      }
      EmbeddedBroker broker =
          EmbeddedBroker.open(
              home, 0, settings(identities, ports, free.get(ports.size()), trusted));
      broker.start().join();
      return new SecuredBroker(broker, ports, trusted);
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** As the broker itself would, but with users: they cannot come in to be set up later. */
  private static void format(Path home) throws Exception {
    String user = "SCRAM-SHA-512=[name=%s,password=\"%s\"]";
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(BrokerSettings.NODE_ID)
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
        .setMetadataLogDirectory(home.toString())
        .addDirectory(home.toString())
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .setScramArguments(List.of(user.formatted(BROKER, BROKER_PASSWORD)))
        .run();
  }

  private static Map<String, String> settings(
      Map<Door, Path> identities, Map<Door, Integer> ports, int controllerPort, Path trusted) {
    Map<String, String> settings = new HashMap<>();
    String doors =
        ports.entrySet().stream()
            .map(door -> door.getKey() + "://" + LoopbackPort.HOST + ":" + door.getValue())
            .collect(Collectors.joining(","));
    String controller = LoopbackPort.HOST + ":" + controllerPort;
    settings.put("listeners", doors + "," + CONTROLLER + "://" + controller);
    settings.put("advertised.listeners", doors);
    settings.put("controller.quorum.voters", BrokerSettings.NODE_ID + "@" + controller);
    settings.put(
        "listener.security.protocol.map",
        ports.keySet().stream().map(door -> door + ":SASL_SSL,").collect(Collectors.joining())
            + "CONTROLLER:PLAINTEXT");
    settings.put("inter.broker.listener.name", Door.GOOD.name());
    settings.put("sasl.mechanism.inter.broker.protocol", "SCRAM-SHA-512");
    settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512");
    identities.forEach(
        (door, identity) -> {
          String listener = "listener.name." + door.name().toLowerCase(Locale.ROOT) + ".";
          settings.put(listener + "ssl.keystore.type", "PEM");
          settings.put(listener + "ssl.keystore.location", identity.toString());
          settings.put(listener + "ssl.truststore.type", "PEM");
          settings.put(listener + "ssl.truststore.location", trusted.toString());
          settings.put(
              listener + "scram-sha-512.sasl.jaas.config",
              "%s username=\"%s\" password=\"%s\";".formatted(LOGIN, BROKER, BROKER_PASSWORD));
        });
    return settings;
  }

  /** Where it listens with that certificate. */
  public String bootstrapServers(Door door) {
    return LoopbackPort.HOST + ":" + ports.get(door);
  }

  /** The PEM file with the certificate of the authority that made its own. */
  public Path authority() {
    return authority;
  }

  /** Lets a user in with that password, and with no other one any more. */
  public void letIn(String user, String password) {
    KafkaConnection connection =
        new KafkaConnection(
            bootstrapServers(Door.GOOD), BROKER, BROKER_PASSWORD, "SCRAM-SHA-512", authority);
    try (Admin admin = Admin.create(connection.clientProperties())) {
      admin
          .alterUserScramCredentials(
              List.of(
                  new UserScramCredentialUpsertion(
                      user, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password)))
          .all()
          .get();
    } catch (InterruptedException | ExecutionException failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
