package io.streamforge.camel.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;

/** A Camel context that stores the batches of one topic, as the application does. */
final class BatchService implements AutoCloseable {

  final PollBackoff polls = new PollBackoff(Duration.ofMillis(50));
  private final CamelContext context = new DefaultCamelContext();

  static BatchService start(String bootstrapServers, String topic, Object store) throws Exception {
    return start(bootstrapServers, topic, store, null);
  }

  static BatchService start(
      String bootstrapServers, String topic, Object store, @Nullable KafkaClientFactory clients)
      throws Exception {
    return start(bootstrapServers, topic, store, clients, Map.of());
  }

  static BatchService start(
      String bootstrapServers,
      String topic,
      Object store,
      @Nullable KafkaClientFactory clients,
      Map<String, String> settings)
      throws Exception {
    BatchService service = new BatchService();
    CamelContext context = service.context;
    context.getRegistry().bind("store", store);
    context.getRegistry().bind("batchOffsets", new BatchOffsets(service.polls));
    context.getRegistry().bind("subscribeAdapter", new TailSubscription(Map.of(), service.polls));
    Properties properties = new Properties();
    properties.put("topic", topic);
    properties.put("batch", "500");
    properties.put("queue.events.topic", topic);
    properties.put("kafka.send.timeout.ms", "2000");
    properties.put("kafka.reconnect.pause.ms", "500");
    properties.putAll(settings);
    context.getPropertiesComponent().setInitialProperties(properties);
    context.getShutdownStrategy().setTimeout(5);
    KafkaComponent kafka = context.getComponent("kafka", KafkaComponent.class);
    KafkaConnection.plaintext(bootstrapServers).configure(kafka);
    kafka.setPollExceptionStrategy(service.polls);
    if (clients != null) {
      kafka.setKafkaClientFactory(clients);
    }
    load(context, "classpath:io/streamforge/camel/kafka/store-batches.camel.yaml");
    load(context, "file:routes/queues/bury-message.camel.yaml");
    load(context, "file:routes/queues/write-letter.camel.yaml");
    context.start();
    return service;
  }

  private static void load(CamelContext context, String location) throws Exception {
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(ResourceHelper.resolveMandatoryResource(context, location));
  }

  CamelContext context() {
    return context;
  }

  @Override
  public void close() {
    context.stop();
  }
}
