package io.streamforge.camel.kafka;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.TimeUnit;

/** Tells whether the brokers answer. */
public final class KafkaProbe implements AutoCloseable {
  private static final int TIMEOUT_MS = 2000;

  private final KafkaConnection connection;
  private final RenewedAdmin admin;

  /** Looks through a client of its own. */
  public KafkaProbe(KafkaConnection connection) {
    this.connection = requireNonNull(connection, "connection is null");
    this.admin =
        new RenewedAdmin(AdminClients.withTimeout(connection.clientProperties(), TIMEOUT_MS));
  }

  /**
   * Asks the brokers for the name of their cluster.
   *
   * @throws IllegalStateException when they do not answer; its message says why and what to do
   */
  public void check() throws InterruptedException {
    try {
      String unused =
          admin.call(
              client ->
                  client.describeCluster().clusterId().get(2L * TIMEOUT_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException stopping) {
      throw stopping;
    } catch (Exception failure) {
      throw new IllegalStateException(connection.explain(failure), failure);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}
