package io.streamforge.camel.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.camel.kafka.NewestFirst.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages are read through a {@link StretchReader} of a real broker. */
class NewestFirstTest {
  private static final String BROKER = TestBroker.bootstrapServers();
  private static final Map<String, Object> CLIENT =
      KafkaConnection.plaintext(BROKER).clientProperties();
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String topic = TestBroker.uniqueName("letters");
  private final TopicPartition first = new TopicPartition(topic, 0);
  private final Admin admin = TestBroker.admin();
  private final AtomicInteger seen = new AtomicInteger();

  @AfterEach
  void close() {
    admin.close();
  }

  @Test
  void two_partitions_are_read_newest_first_and_each_record_once() throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
    try (KafkaProducer<String, byte[]> producer = Records.producer(BROKER)) {
      for (int time : List.of(1, 2, 5, 6, 9)) {
        send(producer, 0, time);
      }
      for (int time : List.of(3, 4, 7, 8)) {
        send(producer, 1, time);
      }
      producer.flush();
    }
    List<List<String>> pages = new ArrayList<>();
    Map<TopicPartition, Long> before = Map.of();
    boolean last = false;
    while (!last) {
      Page<String> page = page(before, 4);
      pages.add(texts(page));
      before = page.next();
      last = page.last();
      Records.write(BROKER, topic, 0, "written meanwhile");
    }
    assertThat(pages)
        .containsExactly(List.of("9", "8", "7", "6"), List.of("5", "4", "3", "2"), List.of("1"));
  }

  private void send(KafkaProducer<String, byte[]> producer, int partition, int time) {
    Future<?> unused =
        producer.send(
            new ProducerRecord<>(
                topic, partition, 1_700_000_000_000L + time, "key", ("" + time).getBytes(UTF_8)));
  }

  @Test
  void a_long_topic_is_not_read_whole() throws Exception {
    String[] values = new String[20_000];
    for (int at = 0; at < values.length; at++) {
      values[at] = "value " + at;
    }
    Records.write(BROKER, topic, values);

    assertThat(texts(page(Map.of(), 3)))
        .containsExactly("value 19999", "value 19998", "value 19997");
    assertThat(texts(page(Map.of(first, 5000L), 2))).containsExactly("value 4999", "value 4998");
    assertThat(seen).hasValue(5);
  }

  @Test
  void what_has_expired_is_passed_over_and_ends_the_pages() throws Exception {
    Records.write(BROKER, topic, "one", "two", "three");
    admin.deleteRecords(Map.of(first, RecordsToDelete.beforeOffset(2))).all().get();

    assertThat(texts(page(Map.of(), 10))).containsExactly("three");
    assertThat(page(Map.of(), 10).last()).isTrue();
    Page<String> beyond = page(Map.of(first, 2L), 10);
    assertThat(beyond.items()).isEmpty();
    assertThat(beyond.last()).isTrue();
  }

  @Test
  void offsets_without_records_do_not_shorten_a_page() throws Exception {
    Map<String, Object> transactional =
        Map.of("bootstrap.servers", BROKER, "transactional.id", topic);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(transactional, new StringSerializer(), new ByteArraySerializer())) {
      producer.initTransactions();
      for (int at = 0; at < 6; at++) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(topic, ("" + at).getBytes(UTF_8))).get();
        producer.commitTransaction();
      }
    }
    Page<String> page = page(Map.of(), 4);
    assertThat(texts(page)).containsExactly("5", "4", "3", "2");
    assertThat(texts(page(page.next(), 4))).containsExactly("1", "0");
  }

  @Test
  void a_topic_that_does_not_exist_has_no_pages() {
    Page<String> page = page(Map.of(), 10);
    assertThat(page.items()).isEmpty();
    assertThat(page.last()).isTrue();
  }

  @Test
  void one_record_is_read_or_known_to_be_gone() throws Exception {
    Records.write(BROKER, topic, "one", "two");
    admin.deleteRecords(Map.of(first, RecordsToDelete.beforeOffset(1))).all().get();
    try (StretchReader reader = new StretchReader(CLIENT, PATIENCE)) {
      assertThat(reader.first(first, 1, 2).orElseThrow().value()).isEqualTo("two".getBytes(UTF_8));
      assertThat(reader.first(first, 0, 1)).isEmpty();
    }
  }

  @Test
  void without_a_broker_it_fails_in_time() {
    Map<String, Object> nobody = KafkaConnection.plaintext("127.0.0.1:1").clientProperties();
    try (StretchReader reader = new StretchReader(nobody, Duration.ofMillis(300))) {
      assertThatThrownBy(() -> reader.partitions(topic)).isInstanceOf(TimeoutException.class);
      assertThatThrownBy(() -> reader.ends(List.of(first))).isInstanceOf(TimeoutException.class);
    }
  }

  private Page<String> page(Map<TopicPartition, Long> before, int limit) {
    try (StretchReader reader = new StretchReader(CLIENT, PATIENCE)) {
      return new NewestFirst(reader, limit)
          .page(
              reader.partitions(topic),
              before,
              record -> {
                seen.incrementAndGet();
                return new String(record.value(), UTF_8);
              });
    }
  }

  private static List<String> texts(Page<String> page) {
    return page.items().stream().map(NewestFirst.Item::view).toList();
  }
}
