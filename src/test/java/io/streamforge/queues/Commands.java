package io.streamforge.queues;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamforge.camel.kafka.KafkaRecord;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Records of the shared topics, as if they had been read. */
final class Commands {

  private Commands() {}

  static KafkaRecord record(String topic, String value) {
    return record(topic, 7, value);
  }

  static KafkaRecord record(String topic, long offset, String value) {
    TopicPartition partition = new TopicPartition(topic, 0);
    return new KafkaRecord(partition, offset, value.getBytes(UTF_8), Map.of(), 1);
  }

  static CommandMessage read(String value) {
    return CommandMessage.read(record("commands", value), "streamforge");
  }
}
