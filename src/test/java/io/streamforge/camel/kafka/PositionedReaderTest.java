package io.streamforge.camel.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

/** What is written in groups is read again from any position. */
class PositionedReaderTest {
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private final Map<String, Object> client =
      KafkaConnection.plaintext(TestBroker.bootstrapServers()).clientProperties();
  private final String topic = TestBroker.uniqueName("positions");
  private final TopicPartition whole = new TopicPartition(topic, 0);

  @Test
  void a_position_that_is_told_again_is_read_again() throws Exception {
    Records.write(TestBroker.bootstrapServers(), topic, "one", "two", "three");
    try (PositionedReader reader = new PositionedReader(client)) {
      assertThat(read(reader, Map.of(whole, 0L), 3)).containsExactly("one", "two", "three");
      assertThat(read(reader, Map.of(whole, 1L), 2)).containsExactly("two", "three");
      assertThat(read(reader, Map.of(whole, 3L), 0)).isEmpty();
      assertThat(read(reader, Map.of(whole, 0L), 3)).containsExactly("one", "two", "three");
    }
  }

  @Test
  void partitions_come_and_go_between_reads() throws Exception {
    String other = TestBroker.uniqueName("other");
    Records.write(TestBroker.bootstrapServers(), topic, "one");
    Records.write(TestBroker.bootstrapServers(), other, "two");
    TopicPartition second = new TopicPartition(other, 0);
    try (PositionedReader reader = new PositionedReader(client)) {
      assertThat(read(reader, Map.of(whole, 0L), 1)).containsExactly("one");
      assertThat(read(reader, Map.of(whole, 1L, second, 0L), 1)).containsExactly("two");
      assertThat(reader.read(Map.of(), PATIENCE, 10)).isEmpty();
      assertThat(read(reader, Map.of(second, 0L), 1)).containsExactly("two");
    }
  }

  @Test
  void missing_topics_are_created_and_all_tell_their_ends() throws Exception {
    String missing = TestBroker.uniqueName("missing");
    Records.write(TestBroker.bootstrapServers(), topic, "one", "two");
    try (TopicOpener opener = new TopicOpener(client, 5000)) {
      Map<String, List<Long>> ends = new HashMap<>();
      // A topic just created may take a moment to be seen.
      while (ends.size() < 2) {
        ends.putAll(opener.open(List.of(topic, missing)));
      }
      assertThat(ends).containsEntry(topic, List.of(2L)).containsEntry(missing, List.of(0L));
    }
  }

  @Test
  void a_topic_that_cannot_exist_is_left_out_and_harms_no_other() throws Exception {
    Records.write(TestBroker.bootstrapServers(), topic, "one");
    try (TopicOpener opener = new TopicOpener(client, 5000)) {
      assertThat(opener.open(List.of("no topic!", topic))).containsOnlyKeys(topic);
      assertThat(opener.open(List.of())).isEmpty();
    }
  }

  @Test
  void a_broker_that_is_away_is_an_error_and_not_a_missing_topic() {
    Map<String, Object> nobody = KafkaConnection.plaintext("127.0.0.1:1").clientProperties();
    try (TopicOpener opener = new TopicOpener(nobody, 300)) {
      assertThatThrownBy(() -> opener.open(List.of(topic))).isInstanceOf(KafkaException.class);
    }
  }

  @Test
  void a_group_that_cannot_be_written_fails_alone() throws Exception {
    try (GroupedWriter writer =
        new GroupedWriter(KafkaConnection.plaintext(TestBroker.bootstrapServers()), 40_000)) {
      Map<String, KafkaException> failures =
          writer.write(
              Map.of(
                  "huge", List.of(new ProducerRecord<>(topic, new byte[2_000_000])),
                  "fine", List.of(record("one"), record("two"))),
              // The topic is made by the first record.
              Duration.ofSeconds(20));
      assertThat(failures).containsOnlyKeys("huge");
      assertThat(failures.get("huge")).isInstanceOf(RecordTooLargeException.class);
    }
    assertThat(Records.values(TestBroker.bootstrapServers(), topic)).containsExactly("one", "two");
  }

  @Test
  void without_patience_nothing_is_sent() throws Exception {
    Records.write(TestBroker.bootstrapServers(), topic, "one");
    try (GroupedWriter writer =
        new GroupedWriter(KafkaConnection.plaintext(TestBroker.bootstrapServers()), 5000)) {
      Map<String, KafkaException> failures =
          writer.write(Map.of("late", List.of(record("two"))), Duration.ZERO);
      assertThat(failures.get("late")).isInstanceOf(GroupedWriter.NotBegunException.class);
    }
    assertThat(Records.values(TestBroker.bootstrapServers(), topic)).containsExactly("one");
  }

  private ProducerRecord<String, byte[]> record(String value) {
    return new ProducerRecord<>(topic, value.getBytes(UTF_8));
  }

  /** Reads until that many records are there, as a reader by turns does. */
  private static List<String> read(
      PositionedReader reader, Map<TopicPartition, Long> positions, int expected) {
    Map<TopicPartition, Long> next = new HashMap<>(positions);
    List<String> values = new ArrayList<>();
    do {
      for (ConsumerRecord<String, byte[]> record :
          reader.read(next, expected == 0 ? Duration.ofMillis(200) : PATIENCE, 100)) {
        values.add(new String(record.value(), UTF_8));
        next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
      }
    } while (values.size() < expected);
    return values;
  }
}
