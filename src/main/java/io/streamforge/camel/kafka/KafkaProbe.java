package io.streamforge.camel.kafka;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Tells whether the brokers answer. */
public final class KafkaProbe implements AutoCloseable {
  private final KafkaConnection connection;
  private final RenewedAdmin admin;
  private final Duration timeout;

  /**
   * Looks through a client of its own.
   *
   * @param timeout how long the brokers have to answer; with the time to find them, twice as long
   */
  public KafkaProbe(KafkaConnection connection, Duration timeout) {
    this.connection = requireNonNull(connection, "connection is null");
    this.timeout = timeout;
    this.admin = new RenewedAdmin(AdminClients.withTimeout(connection.clientProperties(), timeout));
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
                  client
                      .describeCluster()
                      .clusterId()
                      .get(2 * timeout.toMillis(), TimeUnit.MILLISECONDS));
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
