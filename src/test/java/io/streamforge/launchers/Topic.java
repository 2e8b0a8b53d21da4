package io.streamforge.launchers;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.queues.QueueJson;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic of the test broker, read and written with plain clients. */
final class Topic {
  private Topic() {}

  /** All messages that the topic's one partition holds now. */
  static List<JsonNode> read(String topic) {
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", TestBroker.bootstrapServers()),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition whole = new TopicPartition(topic, 0);
      consumer.assign(List.of(whole));
      consumer.seekToBeginning(List.of(whole));
      long end = consumer.endOffsets(List.of(whole)).getOrDefault(whole, 0L);
      List<JsonNode> messages = new ArrayList<>();
      while (consumer.position(whole) < end) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          messages.add(QueueJson.MAPPER.readTree(record.value()));
        }
      }
      return messages;
    } catch (IOException e) {
      throw new AssertionError("a message is not JSON", e);
    }
  }

  /** The telemetry of one queue. */
  static List<JsonNode> telemetry(String queueId) {
    return read("queue-events").stream()
        .filter(message -> message.get("queue_id").asText().equals(queueId))
        .toList();
  }

  static void write(String topic, String message) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", TestBroker.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      producer.send(new ProducerRecord<>(topic, message)).get();
    }
  }
}
