package io.streamforge.camel.kafka;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;

/** The configuration of a broker that is alone, small, and broker and controller in one. */
final class BrokerSettings {

  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private BrokerSettings() {}

  static KafkaConfig of(Path directory, int port, Map<String, String> overrides) {
    Map<String, String> settings = new HashMap<>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("log.dirs", directory.toString());
    addListeners(settings, port);
    addSingleReplica(settings);
    addSmallFootprint(settings);

    // A shorter session lets a busy controller fence its own broker, which stalls consumers.
    settings.put("broker.session.timeout.ms", "4000");
    settings.put("broker.heartbeat.interval.ms", "500");

    settings.put("auto.create.topics.enable", "true");
    settings.put("num.partitions", "1");

    // After a kill the group is complete again as soon as the dead member's session is over.
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("group.min.session.timeout.ms", "1000");
    settings.putAll(overrides);
    return new KafkaConfig(settings, false);
  }

  private static void addListeners(Map<String, String> settings, int port) {
    String client = "PLAINTEXT://" + LoopbackPort.HOST + ":" + port;
    String controller = CONTROLLER_LISTENER + "://" + LoopbackPort.HOST + ":0";
    settings.put("listeners", client + "," + controller);
    settings.put("advertised.listeners", client);
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put(
        "listener.security.protocol.map",
        "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    // Only the id counts: the port of the controller is known once it listens.
    settings.put("controller.quorum.voters", NODE_ID + "@0.0.0.0:0");
  }

  private static void addSingleReplica(Map<String, String> settings) {
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("transaction.state.log.num.partitions", "1");
  }

  private static void addSmallFootprint(Map<String, String> settings) {
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "2");
    settings.put("background.threads", "2");
    settings.put("num.recovery.threads.per.data.dir", "1");
    settings.put("log.cleaner.threads", "1");
    settings.put("log.cleaner.dedupe.buffer.size", "4194304");
    settings.put("log.cleaner.io.buffer.size", "65536");
    settings.put("log.segment.bytes", "16777216");
    settings.put("log.index.size.max.bytes", "1048576");
    // Every idle record is a write that waits for the disk.
    settings.put("metadata.max.idle.interval.ms", "5000");
  }
}
