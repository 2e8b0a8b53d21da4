package io.streamforge.benchmark;

import io.streamforge.arango.ArangoDouble;
import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.camel.kubernetes.TestCluster;
import java.util.Map;

/** A Kafka, an ArangoDB and a cluster for a service in another process, as in production. */
final class RealPeers implements AutoCloseable {
  private final ArangoDouble arango = new ArangoDouble();
  private final TestCluster cluster = new TestCluster();

  /** The settings of a service that uses them; each time of another installation. */
  Map<String, String> settings() {
    return Map.ofEntries(
        Map.entry("KAFKA_BOOTSTRAP_SERVERS", TestBroker.bootstrapServers()),
        Map.entry("INSTANCE", TestBroker.uniqueName("start")),
        Map.entry("QUEUE_CONTROL_TOPIC", TestBroker.uniqueName("queue-control")),
        Map.entry("QUEUE_EVENTS_TOPIC", TestBroker.uniqueName("queue-events")),
        Map.entry("ARANGO_URL", arango.url()),
        Map.entry("ARANGO_USER", ArangoDouble.USER),
        Map.entry("ARANGO_PASSWORD", ArangoDouble.PASSWORD),
        Map.entry("K8S_MASTER", cluster.url()),
        Map.entry("K8S_NAMESPACE", TestCluster.NAMESPACE));
  }

  @Override
  public void close() {
    cluster.close();
    arango.close();
  }
}
