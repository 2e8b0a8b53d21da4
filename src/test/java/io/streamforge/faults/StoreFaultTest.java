package io.streamforge.faults;

import io.streamforge.camel.kafka.ProxiedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database, held by another process and reached through the proxy. */
class StoreFaultTest extends FaultContractTest {
  private final FaultProxy direct = new FaultProxy();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @SuppressWarnings("NullAway.Init")
  private ProxiedBroker broker;

  @SuppressWarnings("NullAway.Init")
  private DatabaseProcess holder;

  @BeforeEach
  void start() throws IOException {
    Path data = Files.createDirectory(directory.resolve("data"));
    holder = DatabaseProcess.start(data.resolve("streamforge"));
    holder.standBefore(proxy);
    broker = ProxiedBroker.start(directory.resolve("broker"), direct);
  }

  @AfterEach
  void stop() {
    broker.close();
    holder.close();
    proxy.close();
    direct.close();
  }

  @Override
  protected String peer() {
    return "store";
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of(
        "KAFKA_BOOTSTRAP_SERVERS", direct.address(),
        "DATA_DIR", directory.resolve("data").toString());
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
