package io.streamforge.camel.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamforge.playground.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailSubscriptionTest {

  private final CamelContext context = new DefaultCamelContext();
  private final List<String> received = new CopyOnWriteArrayList<>();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void it_begins_before_the_end_and_goes_on_without_a_group() throws Exception {
    String topic = TestBroker.uniqueName("tail");
    Records.write(TestBroker.bootstrapServers(), topic, numbered(0, 20));
    listen(TestBroker.bootstrapServers(), topic, Map.of(topic, 5));
    awaitReceived(numbered(15, 20));

    Records.write(TestBroker.bootstrapServers(), topic, "next");
    await().until(() -> received.contains("next"));
    assertThat(received).hasSize(6);
    assertThat(groups()).noneMatch(group -> group.startsWith(topic));
  }

  @Test
  void with_nothing_before_the_end_only_what_comes_is_received() throws Exception {
    String topic = TestBroker.uniqueName("tail");
    Records.write(TestBroker.bootstrapServers(), topic, "old");
    listen(TestBroker.bootstrapServers(), topic, Map.of(topic, 0));
    await()
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              Records.write(TestBroker.bootstrapServers(), topic, "new");
              return !received.isEmpty();
            });
    assertThat(received).containsOnly("new");
  }

  @Test
  void a_topic_with_fewer_records_is_received_from_its_beginning() throws Exception {
    String topic = TestBroker.uniqueName("tail");
    Records.write(TestBroker.bootstrapServers(), topic, "only");
    listen(TestBroker.bootstrapServers(), topic, Map.of(topic, 100));
    awaitReceived("only");
  }

  @Test
  void a_topic_that_it_was_not_told_is_shared_with_its_group() throws Exception {
    String topic = TestBroker.uniqueName("shared");
    Records.write(TestBroker.bootstrapServers(), topic, "first", "second");
    listen(TestBroker.bootstrapServers(), topic, Map.of("another", 5));
    awaitReceived("first", "second");
    assertThat(groups()).contains(topic + "-group");
  }

  @Test
  void it_waits_for_the_broker_and_for_the_topic() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.open(directory, 0)) {
      listen(broker.bootstrapServers(), "late", Map.of("late", 10));
      broker.start().join();
      Records.write(broker.bootstrapServers(), "late", "first");
      awaitReceived("first");
      context.stop();
    }
  }

  @Test
  void nothing_is_lost_over_an_outage_of_the_broker() throws Exception {
    int port;
    try (BrokerProcess first = BrokerProcess.start(directory, FreePorts.find())) {
      port = first.port();
      Records.write(first.bootstrapServers(), "steady", "before");
      listen(first.bootstrapServers(), "steady", Map.of("steady", 10));
      await().atMost(Duration.ofMinutes(1)).until(() -> received.contains("before"));
      Records.write(first.bootstrapServers(), "steady", numbered(0, 50));
      first.kill();
    }
    try (BrokerProcess second = BrokerProcess.start(directory, port)) {
      Records.write(second.bootstrapServers(), "steady", numbered(50, 100));
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(received).contains(numbered(0, 100)));
      context.stop();
    }
  }

  @Test
  void fewer_than_no_records_is_refused() {
    PollBackoff polls = new PollBackoff(Duration.ofMillis(50));
    assertThatThrownBy(() -> new TailSubscription(Map.of("topic", -1), polls))
        .hasMessageContaining("must not be negative");
  }

  private void listen(String bootstrapServers, String topic, Map<String, Integer> tails)
      throws Exception {
    PollBackoff polls = new PollBackoff(Duration.ofMillis(50));
    context.getRegistry().bind("subscribeAdapter", new TailSubscription(tails, polls));
    KafkaComponent kafka = context.getComponent("kafka", KafkaComponent.class);
    KafkaConnection.plaintext(bootstrapServers).configure(kafka);
    kafka.setPollExceptionStrategy(polls);
    kafka.setSubscribeConsumerBackoffInterval(200);
    context.getShutdownStrategy().setTimeout(5);
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("kafka:"
                    + topic
                    + "?autoCommitEnable=false&autoOffsetReset=earliest&pollTimeoutMs=100"
                    + "&reconnectBackoffMaxMs=500&groupId="
                    + topic
                    + "-group")
                .process(exchange -> received.add(exchange.getMessage().getBody(String.class)));
          }
        });
    context.start();
  }

  private void awaitReceived(String... values) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(received).containsExactly(values));
  }

  private static List<String> groups() throws Exception {
    try (Admin admin = TestBroker.admin()) {
      return admin.listConsumerGroups().all().get().stream()
          .map(ConsumerGroupListing::groupId)
          .toList();
    }
  }

  private static String[] numbered(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "value-" + i).toArray(String[]::new);
  }
}
