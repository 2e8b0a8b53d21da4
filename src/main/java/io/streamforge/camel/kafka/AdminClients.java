package io.streamforge.camel.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The settings of clients for administration that answer, or fail, soon. */
final class AdminClients {

  private AdminClients() {}

  static Map<String, Object> withTimeout(Map<String, Object> clientProperties, Duration timeout) {
    int milliseconds = Math.toIntExact(timeout.toMillis());
    Map<String, Object> properties = new HashMap<>(clientProperties);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, milliseconds);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, milliseconds);
    properties.put(AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1000);
    return Map.copyOf(properties);
  }
}
