package io.streamforge.queues;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.streamforge.camel.kafka.DeadLetter;
import io.streamforge.camel.kafka.KafkaConnection;
import io.streamforge.camel.kafka.KafkaRecord;
import io.streamforge.camel.kafka.Records;
import io.streamforge.camel.kafka.TestBroker;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BuryMessageTest {

  private final String topic = TestBroker.uniqueName("commands");
  private final PrometheusMeterRegistry meters =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final CamelContext context = new DefaultCamelContext();

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void a_message_is_buried_with_its_bytes_and_counted() throws Exception {
    start(TestBroker.bootstrapServers());
    byte[] value = {0, (byte) 0xff, 1};
    byte[] key = {(byte) 0xfe, 2};
    Exchange done =
        bury(value, Map.of("kafka.KEY", key, "kafka.OFFSET", 7L, "origin", "x".getBytes(UTF_8)));

    assertThat(done.getException()).isNull();
    List<ConsumerRecord<String, byte[]>> buried =
        Records.read(TestBroker.bootstrapServers(), topic + ".dlq", 0);
    assertThat(buried).hasSize(1);
    assertThat(buried.get(0).value()).isEqualTo(value);
    assertThat(buried.get(0).serializedKeySize()).isEqualTo(key.length);
    assertThat(buried.get(0).headers().toArray())
        .extracting(header -> header.key() + "=" + new String(header.value(), UTF_8))
        .containsExactlyInAnyOrder(
            "origin=x",
            "dlq.topic=" + topic,
            "dlq.partition=1",
            "dlq.offset=7",
            "dlq.error=not JSON",
            "dlq.attempts=3");
    assertThat(meters.scrape()).contains("dead_letters_total{topic=\"" + topic + "\"} 1.0");
  }

  @Test
  void a_tombstone_stays_one() throws Exception {
    start(TestBroker.bootstrapServers());
    assertThat(bury(null, Map.of()).getException()).isNull();
    assertThat(Records.read(TestBroker.bootstrapServers(), topic + ".dlq", 0).get(0).value())
        .isNull();
  }

  @Test
  void a_message_that_is_too_large_for_the_topic_is_cut_and_says_so() throws Exception {
    start(TestBroker.bootstrapServers());
    byte[] value = "x".repeat(2_000_000).getBytes(UTF_8);
    byte[] header = "y".repeat(2_000_000).getBytes(UTF_8);
    assertThat(bury(value, Map.of("kafka.KEY", value, "trace", header)).getException()).isNull();

    ConsumerRecord<String, byte[]> letter =
        Records.read(TestBroker.bootstrapServers(), topic + ".dlq", 0).get(0);
    assertThat(letter.value()).hasSize(65_536).containsOnly('x');
    assertThat(letter.key()).isNull();
    assertThat(letter.headers().toArray())
        .extracting(header1 -> header1.key() + "=" + new String(header1.value(), UTF_8))
        .contains("dlq.cut=2000000", "dlq.topic=" + topic, "dlq.offset=7", "dlq.error=not JSON")
        .noneMatch(text -> text.startsWith("trace"));
    assertThat(meters.scrape()).contains("dead_letters_total{topic=\"" + topic + "\"} 1.0");
  }

  @Test
  void what_would_drive_the_producer_is_left_out() throws Exception {
    start(TestBroker.bootstrapServers());
    Map<String, Object> headers =
        Map.of("KAFKA.Partition_Key", "9", "Kafka.override_topic", "elsewhere", "CAMELx", "y");
    assertThat(bury(new byte[] {1}, headers).getException()).isNull();
    assertThat(Records.read(TestBroker.bootstrapServers(), topic + ".dlq", 0)).hasSize(1);
  }

  @Test
  void without_the_brokers_word_it_fails_and_counts_nothing() throws Exception {
    start("127.0.0.1:1", "2000");
    assertThat(bury(new byte[] {1}, Map.of()).getException()).isNotNull();
    assertThat(meters.scrape()).doesNotContain("dead_letters_total{");
  }

  @SuppressWarnings("NullAway") // of a nullable array in a record
  private Exchange bury(byte @Nullable [] value, Map<String, Object> headers) throws IOException {
    KafkaRecord record = new KafkaRecord(new TopicPartition(topic, 1), 7, value, headers, 3);
    try (ProducerTemplate template = context.createProducerTemplate()) {
      return template.send(
          "direct:bury-message",
          exchange -> exchange.getMessage().setBody(new DeadLetter(record, "not JSON", 3)));
    }
  }

  private void start(String bootstrapServers) throws Exception {
    start(bootstrapServers, "30000");
  }

  private void start(String bootstrapServers, String sendTimeoutMillis) throws Exception {
    // The application's registry leaves out what Camel adds to each meter.
    meters.config().meterFilter(MeterFilter.ignoreTags("camelContext"));
    context.getRegistry().bind("metricsRegistry", meters);
    Properties settings = new Properties();
    settings.put("queue.events.topic", topic);
    settings.put("kafka.send.timeout.ms", sendTimeoutMillis);
    settings.put("kafka.reconnect.pause.ms", "500");
    context.getPropertiesComponent().setInitialProperties(settings);
    KafkaConnection.plaintext(bootstrapServers)
        .configure(context.getComponent("kafka", KafkaComponent.class));
    for (String route : List.of("bury-message", "write-letter")) {
      PluginHelper.getRoutesLoader(context)
          .loadRoutes(
              ResourceHelper.resolveMandatoryResource(
                  context, "file:routes/queues/" + route + ".camel.yaml"));
    }
    context.start();
  }
}
