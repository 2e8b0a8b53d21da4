package io.streamforge.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.camel.kafka.ProxiedBroker;
import io.streamforge.service.RunningService;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaFaultTest extends FaultContractTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @SuppressWarnings("NullAway.Init")
  private ProxiedBroker broker;

  @BeforeEach
  void start() {
    broker = ProxiedBroker.start(directory.resolve("broker"), proxy);
  }

  @AfterEach
  void stop() {
    proxy.set(Fault.NONE);
    broker.close();
    proxy.close();
  }

  @Override
  protected String peer() {
    return "kafka";
  }

  @Override
  protected Map<String, String> settings() {
    return Map.of("KAFKA_BOOTSTRAP_SERVERS", proxy.address());
  }

  @Override
  protected String bootstrapServers() {
    return proxy.address();
  }

  @Override
  protected boolean queuesGoOnWithoutIt() {
    return true;
  }

  @Override
  protected void checkWhileAway(RunningService service) {
    String letter = service.setting("queue.events.topic") + ".dlq-0-0";
    assertRefused(service.get("/dead-letters"));
    assertRefused(service.get("/consumer-lag"));
    assertRefused(service.post("/dead-letters/" + letter + "/resend", ""));
  }

  @Test
  void a_name_that_is_not_known_yet_does_not_keep_the_service_from_starting() {
    try (RunningService service =
        RunningService.startAnyway(Map.of("KAFKA_BOOTSTRAP_SERVERS", "nobody.invalid:9092"))) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(service.get("/health/ready").body())
                      .contains("the name in nobody.invalid:9092 is not known"));
      assertThat(service.get("/queues").statusCode()).isEqualTo(200);
      checkWhileAway(service);
    }
  }
}
