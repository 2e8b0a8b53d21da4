package io.streamforge.camel.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Writes and reads records with plain clients. */
public final class Records {

  private Records() {}

  public static KafkaProducer<String, byte[]> producer(String bootstrapServers) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 2),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  public static void write(String bootstrapServers, String topic, String... values)
      throws Exception {
    write(bootstrapServers, topic, null, values);
  }

  public static void write(
      String bootstrapServers, String topic, @Nullable Integer partition, String... values)
      throws Exception {
    try (KafkaProducer<String, byte[]> producer = producer(bootstrapServers)) {
      List<Future<?>> sent = new ArrayList<>();
      for (String value : values) {
        sent.add(producer.send(record(topic, partition, value)));
      }
      for (Future<?> one : sent) {
        one.get();
      }
    }
  }

  @SuppressWarnings("NullAway") // Kafka's null stands for any partition, and for no key.
  private static ProducerRecord<String, byte[]> record(
      String topic, @Nullable Integer partition, String value) {
    return new ProducerRecord<>(topic, partition, null, value.getBytes(UTF_8));
  }

  /** All that one partition holds now. */
  public static List<ConsumerRecord<String, byte[]>> read(
      String bootstrapServers, String topic, int partition) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition whole = new TopicPartition(topic, partition);
      consumer.assign(List.of(whole));
      consumer.seekToBeginning(List.of(whole));
      long end = consumer.endOffsets(List.of(whole)).getOrDefault(whole, 0L);
      List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
      while (consumer.position(whole) < end) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
      return records;
    }
  }

  /** What the records of a topic say, without those that have no value. */
  public static List<String> values(String bootstrapServers, String topic) {
    return read(bootstrapServers, topic, 0).stream()
        .filter(record -> record.value() != null)
        .map(record -> new String(record.value(), UTF_8))
        .toList();
  }
}
