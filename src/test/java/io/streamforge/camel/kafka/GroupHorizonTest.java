package io.streamforge.camel.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupHorizonTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private static final String BROKER = TestBroker.bootstrapServers();

  private final String topic = TestBroker.uniqueName("read");
  private final String group = TestBroker.uniqueName("readers");
  private final SetClock clock = new SetClock();
  private final Admin admin = TestBroker.admin();
  private final GroupHorizon horizon =
      new GroupHorizon(Map.of("bootstrap.servers", BROKER), group, List.of(topic), TIMEOUT, clock);

  @AfterEach
  void close() {
    horizon.close();
    admin.close();
  }

  @Test
  void a_topic_that_does_not_exist_is_read() throws Exception {
    assertThat(horizon.readUntil()).isEmpty();
    horizon.measure();
    assertThat(horizon.readUntil()).contains(clock.instant());
    assertThat(horizon.lag()).isZero();
  }

  @Test
  void what_was_never_committed_is_not_read() throws Exception {
    Records.write(BROKER, topic, "one", "two");
    horizon.measure();
    assertThat(horizon.readUntil()).isEmpty();
    assertThat(horizon.lag()).isEqualTo(2);
  }

  @Test
  void when_all_is_committed_it_is_read_until_now() throws Exception {
    Records.write(BROKER, topic, "one", "two");
    commit(2);
    horizon.measure();
    assertThat(horizon.readUntil()).contains(clock.instant());
    assertThat(horizon.lag()).isZero();
  }

  @Test
  void it_advances_under_a_load_that_never_ends() throws Exception {
    Records.write(BROKER, topic, "one");
    horizon.measure();
    final Instant first = clock.instant();
    clock.advance();
    Records.write(BROKER, topic, "two");
    horizon.measure();
    clock.advance();
    Records.write(BROKER, topic, "three");
    commit(1);
    horizon.measure();
    assertThat(horizon.readUntil()).contains(first);
    assertThat(horizon.lag()).isEqualTo(2);

    commit(2);
    horizon.measure();
    assertThat(horizon.readUntil()).contains(first.plusSeconds(1));
  }

  @Test
  void every_partition_counts() throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
    Records.write(BROKER, topic, 0, "one");
    Records.write(BROKER, topic, 1, "two");
    commit(1);
    horizon.measure();
    assertThat(horizon.readUntil()).isEmpty();
    assertThat(horizon.lag()).isEqualTo(1);
  }

  @Test
  void a_long_backlog_keeps_few_moments_and_loses_none_of_the_way() throws Exception {
    for (int i = 0; i < 150; i++) {
      Records.write(BROKER, topic, "value");
      horizon.measure();
      clock.advance();
    }
    assertThat(horizon.readUntil()).isEmpty();
    commit(75);
    horizon.measure();
    assertThat(horizon.readUntil().orElseThrow())
        .isBetween(SetClock.START.plusSeconds(60), SetClock.START.plusSeconds(74));
    commit(150);
    horizon.measure();
    assertThat(horizon.readUntil()).contains(clock.instant());
  }

  @Test
  void without_a_broker_the_measurement_fails_and_what_was_known_stays() throws Exception {
    try (GroupHorizon away =
        new GroupHorizon(
            Map.of("bootstrap.servers", "127.0.0.1:1"),
            group,
            List.of(topic),
            Duration.ofSeconds(3),
            clock)) {
      assertThatThrownBy(away::measure).isInstanceOf(ExecutionException.class);
      assertThat(away.readUntil()).isEmpty();
    }
  }

  private void commit(long offset) throws Exception {
    admin
        .alterConsumerGroupOffsets(
            group, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(offset)))
        .all()
        .get();
  }

  private static final class SetClock extends Clock {
    static final Instant START = Instant.parse("2024-01-01T00:00:00Z");

    private Instant now = START;

    void advance() {
      now = now.plusSeconds(1);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
