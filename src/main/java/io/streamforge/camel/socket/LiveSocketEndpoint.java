package io.streamforge.camel.socket;

import java.util.Arrays;
import java.util.List;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/**
 * A WebSocket on the port of platform-http, which only sends. A producer tells {@link Frame}s to
 * all clients that the consumer of the same path has admitted; options matter to the consumer only.
 *
 * <p>Its handler has the order -100 in the router: handlers of a lower order, such as a check of
 * the Origin, come before it, those added without an order after it. As long as the consumer is not
 * started it answers 503, once a producer is there or the consumer was started before.
 */
public class LiveSocketEndpoint extends DefaultEndpoint {

  private final String path;
  private final Hub hub;
  private String formats = "text";
  private String keyParameter = "";
  private String sinceParameter = "";
  private int replay = 10_000;
  private int maxQueueBytes = 1024 * 1024;
  private int maxClients = 10_000;

  LiveSocketEndpoint(String uri, LiveSocketComponent component, String path, Hub hub) {
    super(uri, component);
    this.path = path;
    this.hub = hub;
  }

  @Override
  public Producer createProducer() {
    return new LiveSocketProducer(this, hub);
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    requirePositive("maxQueueBytes", maxQueueBytes);
    requirePositive("maxClients", maxClients);
    if (formatList().isEmpty()) {
      throw new IllegalArgumentException("formats names no format: \"" + formats + "\"");
    }
    hub.replay(replay);
    LiveSocketConsumer consumer = new LiveSocketConsumer(this, processor, hub);
    configureConsumer(consumer);
    return consumer;
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " must be at least 1: " + value);
    }
  }

  String path() {
    return path;
  }

  List<String> formatList() {
    return Arrays.stream(formats.split(",", -1))
        .map(String::strip)
        .filter(format -> !format.isEmpty())
        .toList();
  }

  public String getFormats() {
    return formats;
  }

  /**
   * The formats a client may choose with {@code ?format=}, with commas; the first is the default.
   */
  public void setFormats(String formats) {
    this.formats = formats;
  }

  public String getKeyParameter() {
    return keyParameter;
  }

  /** The query parameter, repeatable, by which a client names the keys it wants; empty for none. */
  public void setKeyParameter(String keyParameter) {
    this.keyParameter = keyParameter;
  }

  public String getSinceParameter() {
    return sinceParameter;
  }

  /** The query parameter by which a client asks for what it missed; empty for none. */
  public void setSinceParameter(String sinceParameter) {
    this.sinceParameter = sinceParameter;
  }

  public int getReplay() {
    return replay;
  }

  /** How many frames are kept for clients that come back. */
  public void setReplay(int replay) {
    this.replay = replay;
  }

  public int getMaxQueueBytes() {
    return maxQueueBytes;
  }

  /** How much live text may wait for one client before it is dropped. */
  public void setMaxQueueBytes(int maxQueueBytes) {
    this.maxQueueBytes = maxQueueBytes;
  }

  public int getMaxClients() {
    return maxClients;
  }

  /** How many clients may be connected at a time; more are refused with 503. */
  public void setMaxClients(int maxClients) {
    this.maxClients = maxClients;
  }
}
