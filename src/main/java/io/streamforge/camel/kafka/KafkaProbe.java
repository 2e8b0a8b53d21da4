package io.streamforge.camel.kafka;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Tells whether the brokers answer. */
public final class KafkaProbe implements AutoCloseable {
  private static final int TIMEOUT_MS = 2000;

  private final KafkaConnection connection;
  private @Nullable Admin admin;

  /** Looks through a client of its own. */
  public KafkaProbe(KafkaConnection connection) {
    this.connection = requireNonNull(connection, "connection is null");
  }

  /**
   * Asks the brokers for the name of their cluster.
   *
   * @throws IllegalStateException when they do not answer; its message says why and what to do
   */
  public synchronized void check() throws InterruptedException {
    try {
      if (admin == null) {
        admin = Admin.create(AdminClients.withTimeout(connection.clientProperties(), TIMEOUT_MS));
      }
      admin.describeCluster().clusterId().get(2L * TIMEOUT_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException failure) {
      throw new IllegalStateException(connection.explain(failure), failure);
    }
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ZERO);
      admin = null;
    }
  }
}
