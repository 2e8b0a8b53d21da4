package io.streamforge.camel.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamforge.playground.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicMakerTest {
  private static final TopicMaker.Patience PATIENCE =
      new TopicMaker.Patience(Duration.ofSeconds(3), Duration.ofMillis(100), Duration.ofSeconds(1));

  private static final CompletableFuture<?> SERVED = CompletableFuture.completedFuture(null);

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @Test
  void missing_topics_are_created_with_their_settings_and_existing_ones_stay() throws Exception {
    String existing = TestBroker.uniqueName("existing");
    String missing = TestBroker.uniqueName("missing");
    try (Admin admin = TestBroker.admin();
        TopicMaker maker =
            new TopicMaker(
                KafkaConnection.plaintext(TestBroker.bootstrapServers()),
                List.of(
                    new TopicMaker.Topic(existing, 1, Map.of()),
                    new TopicMaker.Topic(missing, 2, Map.of("retention.ms", "86400000"))),
                PATIENCE)) {
      admin.createTopics(List.of(new NewTopic(existing, 3, (short) 1))).all().get();
      assertThat(maker.ready()).isFalse();
      maker.start(SERVED);
      await().until(maker::ready);
      // The broker hears of a new topic a moment after the controller made it.
      await().until(() -> admin.listTopics().names().get().containsAll(List.of(existing, missing)));

      assertThat(partitions(admin, existing)).isEqualTo(3);
      assertThat(partitions(admin, missing)).isEqualTo(2);
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, missing);
      assertThat(admin.describeConfigs(List.of(resource)).all().get().values())
          .extracting(config -> config.get("retention.ms").value())
          .containsExactly("86400000");
      assertThat(maker.error()).isEmpty();
    }
  }

  @Test
  void it_waits_for_the_broker_and_says_what_it_waits_for() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.open(directory, 0);
        TopicMaker maker =
            new TopicMaker(
                KafkaConnection.plaintext(broker.bootstrapServers()),
                List.of(new TopicMaker.Topic("ours", 1, Map.of())),
                PATIENCE)) {
      maker.start(SERVED);
      await().atMost(Duration.ofMinutes(1)).until(() -> maker.error().isPresent());
      assertThat(maker.ready()).isFalse();

      broker.start().join();
      await().atMost(Duration.ofMinutes(1)).until(maker::ready);
      assertThat(maker.error()).isEmpty();
    }
  }

  @Test
  void a_broker_that_is_known_not_to_serve_yet_is_not_asked() throws Exception {
    CompletableFuture<Void> served = new CompletableFuture<>();
    List<TopicMaker.Topic> topics = List.of(new TopicMaker.Topic("ours", 1, Map.of()));
    KafkaConnection nobody = KafkaConnection.plaintext("127.0.0.1:" + FreePorts.find());
    try (TopicMaker waiting = new TopicMaker(nobody, topics, PATIENCE);
        TopicMaker asking = new TopicMaker(nobody, topics, PATIENCE)) {
      waiting.start(served);
      asking.start(SERVED);
      await().until(() -> asking.error().isPresent());
      assertThat(waiting.error()).isEmpty();

      served.complete(null);
      await().until(() -> waiting.error().isPresent());
    }
  }

  @Test
  void a_topic_needs_a_partition() {
    assertThatThrownBy(() -> new TopicMaker.Topic("ours", 0, Map.of()))
        .hasMessageContaining("at least 1 partition");
  }

  @SuppressWarnings("NullAway") // null only for topic ids
  private static int partitions(Admin admin, String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get()
        .get(topic)
        .partitions()
        .size();
  }
}
