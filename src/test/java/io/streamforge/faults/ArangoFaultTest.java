package io.streamforge.faults;

import io.streamforge.arango.ArangoDouble;
import io.streamforge.camel.kafka.ProxiedBroker;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** ArangoDB, reached through the proxy. */
class ArangoFaultTest extends FaultContractTest {
  private final FaultProxy direct = new FaultProxy();
  private final ArangoDouble server = new ArangoDouble();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @SuppressWarnings("NullAway.Init")
  private ProxiedBroker broker;

  @BeforeEach
  void start() {
    proxy.to(URI.create(server.url()).getPort());
    broker = ProxiedBroker.start(directory.resolve("broker"), direct);
  }

  @AfterEach
  void stop() {
    broker.close();
    proxy.close();
    server.close();
    direct.close();
  }

  @Override
  protected String peer() {
    return "store";
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of(
        "KAFKA_BOOTSTRAP_SERVERS",
        direct.address(),
        "ARANGO_URL",
        "http://" + proxy.address(),
        "ARANGO_USER",
        ArangoDouble.USER,
        "ARANGO_PASSWORD",
        ArangoDouble.PASSWORD);
  }

  @Override
  protected String bootstrapServers() {
    return direct.address();
  }

  @Override
  protected boolean queuesGoOnWithoutIt() {
    return false;
  }
}
