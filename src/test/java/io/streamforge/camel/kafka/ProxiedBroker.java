package io.streamforge.camel.kafka;

import io.streamforge.faults.FaultProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** A broker that tells its clients to come through a proxy. */
public final class ProxiedBroker implements AutoCloseable {
  private final EmbeddedBroker broker;

  private ProxiedBroker(EmbeddedBroker broker) {
    this.broker = broker;
  }

  /** Starts it on an empty directory behind the proxy; returns when clients are served. */
  public static ProxiedBroker start(Path directory, FaultProxy proxy) {
    try {
      EmbeddedBroker broker =
          EmbeddedBroker.open(
              directory, 0, Map.of("advertised.listeners", "PLAINTEXT://" + proxy.address()));
      proxy.to(broker.port());
      broker.start().join();
      return new ProxiedBroker(broker);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    broker.close();
  }
}
