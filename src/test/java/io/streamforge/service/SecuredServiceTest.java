package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.kafka.SecuredBroker;
import io.streamforge.camel.kafka.SecuredBroker.Door;
import io.streamforge.camel.kafka.TestAuthority;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service over a broker that lets in only who comes over TLS with the right password. */
class SecuredServiceTest {
  private static final String PIPELINE =
      """
      {"symbol": "BTCUSDT", "time_range": "2024-01-01:2024-01-02", "requests": [
        {"target": "loader-producer", "type": "api_candles_5m"},
        {"target": "arango-connector", "type": "api_candles_5m"}]}""";

  @SuppressWarnings("NullAway.Init")
  @TempDir
  static Path directory;

  @SuppressWarnings("NullAway.Init")
  private static SecuredBroker broker;

  @BeforeAll
  static void start() {
    broker = SecuredBroker.start(directory);
    broker.letIn(SecuredBroker.USER, SecuredBroker.PASSWORD);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  private static Map<String, String> settings(Door door, String user, String password) {
    return Map.of(
        "KAFKA_BOOTSTRAP_SERVERS",
        broker.bootstrapServers(door),
        "KAFKA_USER",
        user,
        "KAFKA_PASSWORD",
        password,
        "CA_PATH",
        broker.authority().toString());
  }

  @Test
  void a_queue_is_started_heard_and_finished_and_the_password_is_seen_nowhere() throws Exception {
    try (LogLines log = LogLines.all();
        RunningService service =
            RunningService.start(settings(Door.GOOD, SecuredBroker.USER, SecuredBroker.PASSWORD))) {
      await().until(() -> service.get("/health/ready").statusCode() == 200);
      String id = service.startQueue(PIPELINE);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> service.status(id), status -> status.equals("finished"));

      assertThat(service.queue(id).path("steps"))
          .allMatch(step -> step.path("records_written").asLong() == 576);
      String history = service.get("/queues/" + id + "/events").body();
      for (String seen :
          List.of(
              service.get("/metrics").body(),
              service.get("/status").body(),
              service.queue(id).toString(),
              history,
              String.join("\n", managed()),
              String.join("\n", log.matching(".*")))) {
        assertThat(seen).doesNotContain(SecuredBroker.PASSWORD).doesNotContain("sesame");
      }
    }
  }

  /** All that JMX shows. */
  private static List<String> managed() throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    List<String> shown = new ArrayList<>();
    for (ObjectName name : server.queryNames(null, null)) {
      for (MBeanAttributeInfo attribute : attributes(server, name)) {
        try {
          Object value = server.getAttribute(name, attribute.getName());
          shown.add(
              name
                  + " "
                  + attribute.getName()
                  + "="
                  + (value instanceof Object[] many ? Arrays.deepToString(many) : value));
        } catch (JMException | RuntimeException unreadable) {
          shown.add(name + " " + attribute.getName() + " cannot be read: " + unreadable);
        }
      }
    }
    assertThat(shown).anyMatch(line -> line.contains("org.apache.camel"));
    return shown;
  }

  /** None of one that has gone meanwhile, as meters of brokers do. */
  private static MBeanAttributeInfo[] attributes(MBeanServer server, ObjectName name)
      throws JMException {
    try {
      return server.getMBeanInfo(name).getAttributes();
    } catch (InstanceNotFoundException gone) {
      return new MBeanAttributeInfo[0];
    }
  }

  @Test
  void a_wrong_password_is_told_and_the_service_goes_on_by_itself_once_it_is_right() {
    Map<String, String> wrong = settings(Door.GOOD, "latecomer", "late-password");
    try (LogLines log = LogLines.all();
        RunningService service = RunningService.startAnyway(wrong)) {
      assertReady(service, "Kafka refuses the login of KAFKA_USER=latecomer: correct KAFKA_USER");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> !log.matching("kafka is out of reach: Kafka refuses.*").isEmpty());
      String id = service.startQueue(PIPELINE);
      assertThat(service.queue(id).path("status").asText()).isIn("pending", "loading");

      broker.letIn("latecomer", "late-password");

      await()
          .atMost(Duration.ofSeconds(10))
          .until(() -> service.get("/health/ready").statusCode() == 200);
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> service.status(id), status -> status.equals("finished"));
      assertThat(log.matching(".*late-password.*")).isEmpty();
    }
  }

  @Test
  void a_wrong_password_does_not_fill_the_log_nor_stand_in_it() {
    Map<String, String> settings =
        new HashMap<>(settings(Door.GOOD, SecuredBroker.USER, "wrong-password"));
    settings.put("DATA_DIR", directory.resolve("data").toString());
    try (ServiceProcess service = ServiceProcess.start("refused", directory, settings)) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> service.output().contains("kafka is out of reach: Kafka refuses the login"));
      Instant first = lastError(service);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> lastError(service).isAfter(first.plusSeconds(8)));
      List<String> complaints =
          service.output().lines().filter(line -> line.matches(".* (WARN|ERROR) .*")).toList();
      assertThat(complaints).filteredOn(line -> line.contains("kafka is out of reach")).hasSize(1);
      assertThat(complaints).hasSizeLessThan(30);
      assertThat(service.output()).doesNotContain("wrong-password");
    }
  }

  private static Instant lastError(ServiceProcess service) {
    JsonNode kafka = RunningService.json(service.get("/status")).path("components").path("kafka");
    return Instant.parse(kafka.path("last_error").path("at").asText());
  }

  @Test
  void an_expired_certificate_and_an_unknown_authority_are_told() {
    Map<String, String> expired =
        settings(Door.EXPIRED, SecuredBroker.USER, SecuredBroker.PASSWORD);
    assertTold(expired, "the certificate that Kafka shows has expired");
    Map<String, String> stranger =
        new HashMap<>(settings(Door.GOOD, SecuredBroker.USER, SecuredBroker.PASSWORD));
    Path other = new TestAuthority().writeCertificate(directory.resolve("other.pem"));
    stranger.put("CA_PATH", other.toString());
    assertTold(stranger, "the certificate that Kafka shows is signed by an authority that is not");
  }

  private static void assertTold(Map<String, String> settings, String reason) {
    try (RunningService service = RunningService.startAnyway(settings)) {
      assertReady(service, reason);
    }
  }

  private static void assertReady(RunningService service, String reason) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              JsonNode failing =
                  RunningService.json(service.get("/health/ready")).path("data").path("kafka");
              assertThat(failing.path("message").asText()).startsWith(reason);
            });
    assertThat(service.get("/health/ready").statusCode()).isEqualTo(503);
    assertThat(service.get("/queues").statusCode()).isEqualTo(200);
  }
}
