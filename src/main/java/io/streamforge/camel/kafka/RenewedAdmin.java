package io.streamforge.camel.kafka;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * A client for administration that is made anew after a call that failed: one of Kafka 3.9.1 that
 * has lost its brokers in the middle of an answer may wait for a node for ever.
 */
final class RenewedAdmin implements AutoCloseable {
  private final Map<String, Object> properties;
  private @Nullable Admin admin;

  /** A call of the client. */
  @FunctionalInterface
  interface Call<T, E extends Exception> {
    T run(Admin admin) throws E;
  }

  RenewedAdmin(Map<String, Object> properties) {
    this.properties = requireNonNull(properties, "properties is null");
  }

  /** Runs the call, and passes on what it fails with. */
  synchronized <T, E extends Exception> T call(Call<T, E> call) throws E {
    boolean done = false;
    try {
      if (admin == null) {
        admin = Admin.create(properties);
      }
      T result = call.run(admin);
      done = true;
      return result;
    } finally {
      if (!done) {
        close();
      }
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
