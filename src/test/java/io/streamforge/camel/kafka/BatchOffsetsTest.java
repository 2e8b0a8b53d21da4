package io.streamforge.camel.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaClientFactory;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchOffsetsTest {

  private static final String BROKER = TestBroker.bootstrapServers();
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final String topic = TestBroker.uniqueName("batches");
  private final RememberingStore store = new RememberingStore();

  @BeforeEach
  void create_topic() throws Exception {
    try (Admin admin = TestBroker.admin()) {
      NewTopic deadLetters = new NewTopic(topic + ".dlq", 1, (short) 1);
      admin.createTopics(List.of(new NewTopic(topic, 3, (short) 1), deadLetters)).all().get();
    }
  }

  @Test
  void every_partition_of_a_batch_is_stored_and_committed() throws Exception {
    try (BatchService service = BatchService.start(BROKER, topic, store)) {
      Records.write(BROKER, topic, numbered("value", 1200));
      awaitStored(1200);
      awaitLag(0);
    }
    assertThat(store.values).hasSize(1200).doesNotHaveDuplicates();
    assertThat(store.highestAttempt).hasValue(1);
  }

  @Test
  void nothing_is_lost_while_the_store_is_away_and_nothing_is_committed() throws Exception {
    store.away = true;
    try (BatchService service = BatchService.start(BROKER, topic, store)) {
      Records.write(BROKER, topic, numbered("value", 100));
      await().until(() -> store.refusals.get() >= 6);
      assertThat(lag()).isEqualTo(100);
      assertThat(store.values).isEmpty();

      store.away = false;
      awaitStored(100);
      awaitLag(0);
    }
    assertThat(store.highestAttempt.get()).isGreaterThan(1);
  }

  @Test
  void what_cannot_be_stored_is_buried_as_it_came_and_the_rest_is_stored() throws Exception {
    try (BatchService service = BatchService.start(BROKER, topic, store)) {
      writeWithKeyAndHeader("bad \u20ac");
      Records.write(BROKER, topic, numbered("value", 50));
      awaitStored(50);
      awaitLag(0);
    }
    List<ConsumerRecord<String, byte[]>> buried = Records.read(BROKER, topic + ".dlq", 0);
    assertThat(buried).hasSize(1);
    ConsumerRecord<String, byte[]> letter = buried.get(0);
    assertThat(letter.key()).isEqualTo("the-key");
    assertThat(new String(letter.value(), UTF_8)).isEqualTo("bad \u20ac");
    assertThat(header(letter, "origin")).isEqualTo("elsewhere");
    assertThat(header(letter, "dlq.topic")).isEqualTo(topic);
    assertThat(header(letter, "dlq.partition")).isEqualTo("2");
    assertThat(header(letter, "dlq.offset")).isEqualTo("0");
    assertThat(header(letter, "dlq.error")).isEqualTo("refused: bad \u20ac");
    assertThat(header(letter, "dlq.attempts")).isEqualTo("1");
    assertThat(letter.headers().toArray()).hasSize(6);
    assertThat(store.values).noneMatch(value -> value.startsWith("bad"));
  }

  @Test
  void a_new_start_goes_on_where_the_last_one_ended() throws Exception {
    try (BatchService service = BatchService.start(BROKER, topic, store)) {
      Records.write(BROKER, topic, numbered("first", 30));
      awaitStored(30);
      awaitLag(0);
    }
    Records.write(BROKER, topic, numbered("second", 30));
    try (BatchService service = BatchService.start(BROKER, topic, store)) {
      awaitStored(60);
      awaitLag(0);
    }
    assertThat(store.values).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void records_that_a_failed_poll_dropped_are_read_again_at_once(boolean staticMember)
      throws Exception {
    AtomicBoolean failed = new AtomicBoolean();
    Map<String, String> settings = staticMember ? Map.of("kafka.group.instance", topic) : Map.of();
    try (BatchService service =
        BatchService.start(BROKER, topic, store, failingAfterFirstRecords(failed), settings)) {
      Records.write(BROKER, topic, numbered("value", 10));
      awaitStored(10);
      awaitLag(0);
      assertThat(failed).isTrue();
      await().untilAsserted(() -> assertThat(service.polls.failure()).isEmpty());
    }
  }

  @Test
  void a_batch_after_dropped_records_is_refused_when_the_consumer_could_not_go_back() {
    PollBackoff polls = new PollBackoff(Duration.ofMillis(1));
    polls.handle(-1, new KafkaException("broken"));
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(List.of());

    assertThatThrownBy(() -> new BatchOffsets(polls).open(exchange))
        .hasMessageContaining("read again");
    assertThat(exchange.isRollbackOnly()).isTrue();

    polls.reset();
    assertThat(polls.droppedRecords()).isFalse();
  }

  @Test
  void a_consumer_without_manual_commits_is_told_what_it_needs() {
    BatchOffsets offsets = new BatchOffsets(new PollBackoff(Duration.ofMillis(1)));
    Exchange exchange = new DefaultExchange(new DefaultCamelContext());
    exchange.getMessage().setBody(List.of(new DefaultExchange(exchange.getContext())));

    assertThatThrownBy(() -> offsets.open(exchange)).hasMessageContaining("allowManualCommit=true");
    assertThatThrownBy(() -> offsets.commit(exchange)).hasMessageContaining("no open batch");
  }

  @Test
  void a_static_member_is_followed_by_itself() throws Exception {
    Map<String, String> settings = Map.of("kafka.group.instance", topic);
    Records.write(BROKER, topic, numbered("first", 10));
    try (BatchService service = BatchService.start(BROKER, topic, store, null, settings)) {
      awaitStored(10);
      awaitLag(0);
      assertThat(memberInstances()).containsExactly(topic);
    }
    Records.write(BROKER, topic, numbered("second", 10));
    try (BatchService service = BatchService.start(BROKER, topic, store, null, settings)) {
      awaitStored(20);
      awaitLag(0);
    }
  }

  private List<String> memberInstances() throws Exception {
    try (Admin admin = TestBroker.admin()) {
      String group = topic + "-readers";
      return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
          .flatMap(description -> description.members().stream())
          .map(member -> member.groupInstanceId().orElse("none"))
          .toList();
    }
  }

  private static KafkaClientFactory failingAfterFirstRecords(AtomicBoolean failed) {
    return new DefaultKafkaClientFactory() {
      @Override
      public Consumer<?, ?> getConsumer(Properties properties) {
        return new KafkaConsumer<Object, Object>(properties) {
          private boolean delivered;

          @Override
          public ConsumerRecords<Object, Object> poll(Duration timeout) {
            if (delivered && failed.compareAndSet(false, true)) {
              throw new KafkaException("broken once");
            }
            ConsumerRecords<Object, Object> records = super.poll(timeout);
            delivered |= !records.isEmpty();
            return records;
          }
        };
      }
    };
  }

  private void writeWithKeyAndHeader(String value) throws Exception {
    try (KafkaProducer<String, byte[]> producer = Records.producer(BROKER)) {
      ProducerRecord<String, byte[]> record =
          new ProducerRecord<>(topic, 2, "the-key", value.getBytes(UTF_8));
      record.headers().add("origin", "elsewhere".getBytes(UTF_8));
      producer.send(record).get();
    }
  }

  private static String header(ConsumerRecord<?, ?> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), UTF_8);
  }

  private static String[] numbered(String stem, int count) {
    return IntStream.range(0, count).mapToObj(i -> stem + "-" + i).toArray(String[]::new);
  }

  private void awaitStored(int distinct) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(store.values.stream().distinct().count()).isEqualTo(distinct));
  }

  private void awaitLag(long expected) {
    await().atMost(PATIENCE).until(() -> lag() == expected);
  }

  private long lag() throws Exception {
    try (GroupHorizon horizon =
        new GroupHorizon(
            Map.of("bootstrap.servers", BROKER),
            topic + "-readers",
            List.of(topic),
            Duration.ofSeconds(30),
            Clock.systemUTC())) {
      horizon.measure();
      return horizon.lag();
    }
  }
}
