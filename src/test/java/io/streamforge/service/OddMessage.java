package io.streamforge.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * A message that a shared topic may hold, as a line of requests/invalid tells it, and what must
 * come of it: a {@code dead letter}, an {@code answer} (an error with exactly these {@code
 * fields}), {@code ignored}, or {@code read} as telemetry.
 *
 * @param value null for a tombstone
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record OddMessage(JsonNode line, byte @Nullable [] value, Map<String, String> words) {

  /** All lines of a file; each of the words stands in them in braces. */
  static List<OddMessage> all(String file, Map<String, String> words) {
    return OddBytes.lines(file)
        .map(line -> new OddMessage(line, value(line, words), words))
        .toList();
  }

  private static byte @Nullable [] value(JsonNode line, Map<String, String> words) {
    if (line.has("tombstone")) {
      return null;
    }
    byte[] value = OddBytes.of(line);
    String text = new String(value, UTF_8);
    String replaced = replace(text, words);
    return replaced.equals(text) ? value : replaced.getBytes(UTF_8);
  }

  private static String replace(String text, Map<String, String> words) {
    String replaced = text;
    for (var word : words.entrySet()) {
      replaced = replaced.replace("{" + word.getKey() + "}", word.getValue());
    }
    return replaced;
  }

  String name() {
    return line.path("case").asText();
  }

  /** Whether that is what must come of it. */
  boolean must(String expected) {
    return line.path("expect").asText().equals(expected);
  }

  List<String> fields() {
    List<String> fields = new ArrayList<>();
    line.path("fields").forEach(field -> fields.add(field.asText()));
    return fields;
  }

  /** Sends it, its name as its key, and tells where it lies. */
  @SuppressWarnings("NullAway") // Kafka's null is a tombstone.
  RecordMetadata send(KafkaProducer<String, byte[]> producer, String topic) throws Exception {
    var record = new ProducerRecord<String, byte[]>(topic, name(), value);
    line.path("headers")
        .properties()
        .forEach(
            header -> {
              String text = replace(header.getValue().asText(), words);
              record.headers().add(header.getKey(), text.getBytes(UTF_8));
            });
    return producer.send(record).get();
  }
}
