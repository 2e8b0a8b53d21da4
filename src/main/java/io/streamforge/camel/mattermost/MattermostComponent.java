package io.streamforge.camel.mattermost;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code mattermost:events}: see {@link MattermostEndpoint}. The token is in no URI, and therefore
 * in no JMX bean or log.
 */
public final class MattermostComponent extends DefaultComponent {
  private final MattermostServer server;
  private final MattermostAccount account;

  public MattermostComponent(MattermostServer server, MattermostAccount account) {
    this.server = server;
    this.account = account;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    if (!remaining.equals("events")) {
      throw new IllegalArgumentException("mattermost:events is all there is, not " + uri);
    }
    MattermostEndpoint endpoint = new MattermostEndpoint(uri, this, server, account);
    setProperties(endpoint, parameters);
    return endpoint;
  }
}
