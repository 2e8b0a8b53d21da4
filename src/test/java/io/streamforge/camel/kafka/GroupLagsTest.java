package io.streamforge.camel.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupLagsTest {
  private static final String BROKER = TestBroker.bootstrapServers();
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final String topic = TestBroker.uniqueName("read");
  private final TopicPartition partition = new TopicPartition(topic, 0);
  private final String group = TestBroker.uniqueName("readers");
  private final Admin admin = TestBroker.admin();
  private final GroupLags lags = lags(BROKER, TIMEOUT);

  private GroupLags lags(String broker, Duration timeout) {
    Map<String, Object> client = KafkaConnection.plaintext(broker).clientProperties();
    return new GroupLags(client, Map.of(group, List.of(topic)), timeout);
  }

  @AfterEach
  void close() {
    lags.close();
    admin.close();
  }

  @Test
  void a_group_is_behind_by_what_it_has_not_committed_and_by_the_age_of_the_first_of_it()
      throws Exception {
    try (KafkaProducer<String, byte[]> producer = Records.producer(BROKER)) {
      for (long time = 1; time <= 5; time++) {
        producer.send(new ProducerRecord<>(topic, 0, 1000 * time, null, new byte[0])).get();
      }
    }
    assertThat(lags.measure()).containsExactly(lag(0, 5, Instant.ofEpochSecond(1)));

    commit(3);
    assertThat(lags.measure()).containsExactly(lag(3, 5, Instant.ofEpochSecond(4)));
    assertThat(lags.measure().get(0).records()).isEqualTo(2);
  }

  @Test
  void a_group_that_has_committed_all_is_not_behind() throws Exception {
    Records.write(BROKER, topic, "one", "two");
    commit(2);
    assertThat(lags.measure())
        .singleElement()
        .matches(lag -> lag.records() == 0 && lag.oldestUnread().isEmpty());
  }

  @Test
  void a_topic_that_does_not_exist_is_left_out() throws Exception {
    assertThat(lags.measure()).isEmpty();
  }

  @Test
  void without_a_broker_it_fails_in_time() {
    try (GroupLags away = lags("127.0.0.1:1", Duration.ofMillis(300))) {
      assertThatThrownBy(away::measure).isInstanceOf(ExecutionException.class);
    }
  }

  private PartitionLag lag(long next, long end, Instant oldest) {
    return new PartitionLag(group, partition, next, end, Optional.of(oldest));
  }

  private void commit(long offset) throws Exception {
    admin
        .alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
        .all()
        .get();
  }
}
