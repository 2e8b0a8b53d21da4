package io.streamforge.camel.mattermost;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/**
 * What Mattermost tells over its WebSocket, one after the other: each event as an exchange with the
 * event's JsonNode as body, and each {@link SocketState} as one with a header and no body. The line
 * is opened again for ever; it is closed while the route is stopped or suspended. Events are read
 * no faster than the route takes them.
 */
public final class MattermostEndpoint extends DefaultEndpoint {
  private final MattermostServer server;
  private final MattermostAccount account;
  private String types = "";

  MattermostEndpoint(
      String uri,
      MattermostComponent component,
      MattermostServer server,
      MattermostAccount account) {
    super(uri, component);
    this.server = server;
    this.account = account;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("mattermost:events is only read");
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    MattermostConsumer consumer =
        new MattermostConsumer(this, processor, server, account, wanted());
    configureConsumer(consumer);
    return consumer;
  }

  private Set<String> wanted() {
    return Arrays.stream(types.split(",", -1))
        .map(String::strip)
        .filter(type -> !type.isEmpty())
        .collect(Collectors.toUnmodifiableSet());
  }

  public String getTypes() {
    return types;
  }

  /** The events that are wanted, such as {@code posted}, separated by commas; empty: all. */
  public void setTypes(String types) {
    this.types = types;
  }
}
