package io.streamforge.camel.kafka;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.FaultHandlerFactory;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.metadata.bootstrap.BootstrapDirectory;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** One KRaft controller and one broker over one directory, started and stopped together. */
final class CombinedServer {

  // Kafka writes it at the end of an orderly stop and removes it at the next start.
  private static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";
  private static final Duration CONTROLLER_PATIENCE = Duration.ofSeconds(30);
  private static final long ELECTION_PAUSE_MS = 10;

  private final boolean diedBefore;
  private final ControllerServer controller;
  private final BrokerServer broker;

  /**
   * @param faults what becomes of faults that it cannot go on after
   */
  CombinedServer(
      Path directory, int port, Map<String, String> overrides, FaultHandlerFactory faults)
      throws Exception {
    boolean formatted = Files.exists(directory.resolve("meta.properties"));
    if (!formatted) {
      format(directory);
    }
    diedBefore = formatted && !Files.exists(directory.resolve(CLEAN_SHUTDOWN));

    KafkaConfig settings = BrokerSettings.of(directory, port, overrides);
    MetaPropertiesEnsemble properties =
        new MetaPropertiesEnsemble.Loader()
            .addMetadataLogDir(directory.toString())
            .addLogDirs(List.of(directory.toString()))
            .load();
    Metrics metrics =
        Server.initializeMetrics(settings, Time.SYSTEM, properties.clusterId().orElseThrow());
    CompletableFuture<Map<Integer, InetSocketAddress>> voters = new CompletableFuture<>();
    SharedServer shared =
        new SharedServer(settings, properties, Time.SYSTEM, metrics, voters, List.of(), faults);
    controller =
        new ControllerServer(
            shared,
            KafkaRaftServer.configSchema(),
            new BootstrapDirectory(directory.toString(), Optional.empty()).read());
    var unused =
        controller
            .socketServerFirstBoundPortFuture()
            .thenAccept(
                bound ->
                    voters.complete(
                        Map.of(
                            BrokerSettings.NODE_ID,
                            new InetSocketAddress(LoopbackPort.HOST, bound))));
    broker = new BrokerServer(shared);
  }

  private static void format(Path directory) throws Exception {
    new Formatter()
        .setClusterId(Uuid.randomUuid().toString())
        .setNodeId(BrokerSettings.NODE_ID)
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
        .setMetadataLogDirectory(directory.toString())
        .addDirectory(directory.toString())
        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
        .run();
  }

  /** Blocks until clients are served. */
  void start() throws InterruptedException, ExecutionException, TimeoutException {
    controller.startup();
    if (diedBefore) {
      forgetDeadBroker();
    }
    broker.startup();
  }

  /**
   * Without this the controller takes the broker of the killed process for alive, and refuses the
   * new one, until the old session has timed out.
   */
  private void forgetDeadBroker()
      throws InterruptedException, ExecutionException, TimeoutException {
    long deadline = System.nanoTime() + CONTROLLER_PATIENCE.toNanos();
    while (!controller.controller().isActive()) {
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("the controller has not become active");
      }
      Thread.sleep(ELECTION_PAUSE_MS);
    }
    ControllerRequestContext context =
        new ControllerRequestContext(
            new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.empty());
    try {
      controller
          .controller()
          .unregisterBroker(context, BrokerSettings.NODE_ID)
          .get(CONTROLLER_PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof BrokerIdNotRegisteredException)) {
        throw failure;
      }
    }
  }

  /** Returns when both are stopped; the broker goes first, since the controller lets it go. */
  void stop() {
    broker.shutdown();
    controller.shutdown();
  }
}
