package io.streamforge.camel.socket;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code live-socket:/path}: see {@link LiveSocketEndpoint}. */
public class LiveSocketComponent extends DefaultComponent {

  private final Map<String, Hub> hubs = new ConcurrentHashMap<>();

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    String path = "/" + remaining.replaceFirst("^/+", "");
    CamelContext camel = getCamelContext();
    Hub hub = hubs.computeIfAbsent(path, key -> new Hub(camel, key));
    LiveSocketEndpoint endpoint = new LiveSocketEndpoint(uri, this, path, hub);
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
