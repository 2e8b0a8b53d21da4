package io.streamforge.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.kafka.Records;
import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.camel.trace.TraceContext;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One trace id, from a request to the last thing that follows from it. */
@ExtendWith(SharedService.class)
class TraceTest {
  private static final String BODY =
      "{\"symbol\":\"BTCUSDT\",\"type\":\"api\",\"time_range\":\"2024-01-01:2024-01-01\"}";

  private final RunningService service;
  private final String traceId = UUID.randomUUID().toString().replace("-", "");
  private final String given = "00-" + traceId + "-00f067aa0ba902b7-01";

  TraceTest(RunningService service) {
    this.service = service;
  }

  private static String traceOf(HttpResponse<String> answer) {
    List<String> told = answer.headers().allValues("traceparent");
    assertThat(told).hasSize(1);
    return TraceContext.parse(told.get(0)).orElseThrow().traceId();
  }

  /** The trace ids of the records of a queue in the topic that a setting names. */
  private List<String> traces(String topicSetting, String queueId) {
    List<String> traces = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : service.records(topicSetting)) {
      if (queueId.equals(record.key())) {
        var header = record.headers().lastHeader("traceparent");
        traces.add(header == null ? "none" : new String(header.value(), UTF_8).substring(3, 35));
      }
    }
    return traces;
  }

  @Test
  void a_trace_goes_from_the_request_into_the_store_kafka_the_job_and_the_log() {
    try (LogLines log = LogLines.all()) {
      HttpResponse<String> answer = service.post("/queues/start", BODY, "traceparent", given);
      assertThat(traceOf(answer)).isEqualTo(traceId);
      String queueId = RunningService.json(answer).at("/data/queue_id").asText();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> service.status(queueId).equals("finished"));
      assertThat(service.queue(queueId).path("traceparent").asText())
          .startsWith("00-" + traceId)
          .isNotEqualTo(given);
      await()
          .untilAsserted(
              () -> {
                assertThat(traces("queue.control.topic", queueId)).isNotEmpty();
                assertThat(traces("queue.updates.topic", queueId)).hasSizeGreaterThan(2);
              });
      assertThat(traces("queue.control.topic", queueId)).containsOnly(traceId);
      assertThat(traces("queue.updates.topic", queueId)).containsOnly(traceId);
      // The synthetic worker knows it from its environment only.
      assertThat(traces("queue.events.topic", queueId)).isNotEmpty().containsOnly(traceId);
      assertThat(log.traced(traceId)).anyMatch(line -> line.startsWith("queue → finished"));
    }
  }

  @Test
  void a_request_without_a_trace_begins_one_that_the_answer_tells() {
    HttpResponse<String> answer = service.post("/queues/start", BODY);
    String queueId = RunningService.json(answer).at("/data/queue_id").asText();
    assertThat(service.queue(queueId).path("traceparent").asText()).contains(traceOf(answer));
    assertThat(traceOf(service.get("/queues"))).isNotEqualTo(traceOf(service.get("/queues")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"00-zz-00f067aa0ba902b7-01", "'", "00-00000000000000000000000000000000-1"})
  void one_that_is_none_is_not_taken_over(String nonsense) {
    HttpResponse<String> answer =
        service.send(
            HttpRequest.newBuilder(service.uri("/queues")).header("traceparent", nonsense).build());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(traceOf(answer)).isNotEqualTo(traceId);
  }

  @Test
  void of_two_that_contradict_each_other_neither_is_taken_over() {
    HttpRequest request =
        HttpRequest.newBuilder(service.uri("/queues"))
            .header("traceparent", given)
            .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
            .build();
    assertThat(traceOf(service.send(request))).isNotIn(traceId, "4bf92f3577b34da6a3ce929d0e0e4736");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nope", "/queues/" + "x", "/health/live", "/", "/metrics", "/docs"})
  void every_answer_tells_its_trace(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(service.uri(path)).header("traceparent", given).build();
    assertThat(traceOf(service.send(request))).isEqualTo(traceId);
  }

  @Test
  void what_fails_is_logged_with_the_trace_of_its_request() throws Exception {
    try (LogLines log = LogLines.all();
        var away = service.failing("page-queues")) {
      HttpRequest request =
          HttpRequest.newBuilder(service.uri("/queues")).header("traceparent", given).build();
      assertThat(service.send(request).statusCode()).isEqualTo(503);
      assertThat(log.traced(traceId)).anyMatch(line -> line.contains("page-queues is away"));
    }
  }

  @Test
  void a_command_over_kafka_hands_its_trace_on() throws Exception {
    String command = "trace-" + UUID.randomUUID();
    var record =
        new ProducerRecord<String, byte[]>(
            service.setting("queue.control.topic"),
            BODY.replace("{", "{\"command\":\"start\",\"command_id\":\"" + command + "\",")
                .getBytes(UTF_8));
    record.headers().add("traceparent", given.getBytes(UTF_8));
    try (var producer = Records.producer(TestBroker.bootstrapServers())) {
      producer.send(record).get();
    }
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> !service.updates("command_id", command).isEmpty());
    JsonNode answered = service.updates("command_id", command).get(0);
    String queueId = answered.path("queue_id").asText();
    assertThat(service.queue(queueId).path("traceparent").asText()).startsWith("00-" + traceId);
    assertThat(traces("queue.updates.topic", queueId)).isNotEmpty().containsOnly(traceId);
  }

  @Test
  void a_dry_run_shows_it_in_the_environment_of_the_job() {
    HttpResponse<String> answer =
        service.post("/queues/start?dry_run=true", BODY, "traceparent", given);
    assertThat(RunningService.json(answer).findValuesAsText("name")).contains("TRACEPARENT");
    assertThat(answer.body()).contains("00-" + traceId);
  }
}
