package io.streamforge.camel.kafka;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** Tells whether the brokers answer. */
public final class KafkaProbe implements AutoCloseable {
  private static final int TIMEOUT_MS = 2000;

  private final Map<String, Object> clientProperties;
  private @Nullable Admin admin;

  /**
   * @param clientProperties as {@link KafkaConnection#clientProperties} gives them
   */
  public KafkaProbe(Map<String, Object> clientProperties) {
    this.clientProperties = AdminClients.withTimeout(clientProperties, TIMEOUT_MS);
  }

  /**
   * Asks the brokers for the name of their cluster.
   *
   * @throws ExecutionException with the client's reason when they do not answer
   * @throws TimeoutException when not even the client answers
   */
  public synchronized void check()
      throws InterruptedException, ExecutionException, TimeoutException {
    if (admin == null) {
      admin = Admin.create(clientProperties);
    }
    admin.describeCluster().clusterId().get(2L * TIMEOUT_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(java.time.Duration.ZERO);
      admin = null;
    }
  }
}
