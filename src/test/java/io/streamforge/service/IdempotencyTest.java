package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.kafka.Records;
import io.streamforge.camel.kafka.TestBroker;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is asked for twice under one name is done once, over HTTP and over Kafka. */
class IdempotencyTest {
  private static RunningService service;

  @BeforeAll
  static void start() {
    service = RunningService.start(Map.of("MAX_LIVE_JOBS", "40"));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static String body(String symbol) {
    return "{\"symbol\":\"%s\",\"type\":\"api\",\"time_range\":\"2024-01-01:2024-01-01\"}"
        .formatted(symbol);
  }

  private static HttpResponse<String> post(String body, String key) {
    return service.post("/queues/start", body, "Idempotency-Key", key);
  }

  private static String started(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return RunningService.json(answer).at("/data/queue_id").asText();
  }

  private static JsonNode queues(String symbol) {
    return RunningService.json(service.get("/queues?symbol=" + symbol)).path("data");
  }

  @Test
  void a_repeated_key_starts_nothing_twice() {
    String id = started(post(body("ONCE"), "once"));

    assertThat(started(post(body("ONCE"), "once"))).isEqualTo(id);
    assertThat(
            started(
                post(
                    "{ \"time_range\":\"2024-01-01:2024-01-01\", \"type\":\"api\",\"symbol\":\" once \"}",
                    "once")))
        .as("the same body in other words")
        .isEqualTo(id);
    assertThat(queues("ONCE")).hasSize(1);
  }

  @Test
  void without_a_key_every_start_is_a_new_one() {
    String first = started(service.post("/queues/start", body("ANEW")));

    assertThat(started(service.post("/queues/start", body("ANEW")))).isNotEqualTo(first);
    assertThat(queues("ANEW")).hasSize(2);
  }

  @Test
  void a_key_that_eight_send_at_once_starts_one_queue() throws Exception {
    CountDownLatch together = new CountDownLatch(1);
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      List<Future<String>> answers = new ArrayList<>();
      for (int client = 0; client < 8; client++) {
        answers.add(
            clients.submit(
                () -> {
                  together.await();
                  return started(post(body("RACE"), "race"));
                }));
      }
      together.countDown();
      Set<String> ids = new HashSet<>();
      for (Future<String> answer : answers) {
        ids.add(answer.get());
      }
      assertThat(ids).hasSize(1);
      assertThat(queues("RACE")).hasSize(1);
    } finally {
      clients.shutdownNow();
    }
  }

  @Test
  void a_key_with_another_body_is_refused_and_starts_nothing() {
    String id = started(post(body("FIRST"), "taken"));

    HttpResponse<String> answer = post(body("SECOND"), "taken");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
    assertThat(RunningService.json(answer).path("message").asText()).contains("key");
    assertThat(queues("SECOND")).isEmpty();
    assertThat(started(post(body("FIRST"), "taken"))).as("the key stays").isEqualTo(id);
  }

  @Test
  void a_refused_request_takes_no_key() {
    assertThat(post(body("-"), "free").statusCode()).isEqualTo(422);
    assertThat(post("{", "free").statusCode()).isEqualTo(400);
    HttpResponse<String> tooMany = post(connectors("MANY", 41), "free");
    assertThat(tooMany.statusCode()).as(tooMany.body()).isEqualTo(429);
    assertThat(tooMany.headers().firstValue("Retry-After")).isPresent();
    assertThat(queues("MANY")).isEmpty();

    started(post(body("FREE"), "free"));

    assertThat(queues("FREE")).hasSize(1);
  }

  @Test
  void a_repeated_key_gets_its_queue_also_when_there_is_no_room_for_another() {
    String id = started(post(connectors("FULL", 30), "full"));

    HttpResponse<String> another = post(connectors("FULLER", 30), "fuller");
    HttpResponse<String> otherBody = post(connectors("FULLER", 30), "full");

    assertThat(another.statusCode()).as(another.body()).isEqualTo(429);
    assertThat(otherBody.statusCode()).as(otherBody.body()).isEqualTo(409);
    assertThat(started(post(connectors("FULL", 30), "full"))).isEqualTo(id);
    assertThat(queues("FULLER")).isEmpty();
    assertThat(service.post("/queues/stop?wait=60&queue_id=" + id, "").body()).contains("stopped");
  }

  @Test
  void a_dry_run_takes_no_key_and_writes_nothing() {
    String topic = service.setting("queue.control.topic");
    String broker = TestBroker.bootstrapServers();
    String body = RunningService.request("historical-pipeline").replace("BTCUSDT", "DRYUSDT");
    HttpResponse<String> answer =
        service.post("/queues/start?dry_run=true", body, "Idempotency-Key", "dry");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(RunningService.json(answer).path("message").asText()).isEqualTo("Queue is valid");
    JsonNode steps = RunningService.json(answer).at("/data/steps");
    assertThat(new HashSet<>(steps.findValuesAsText("job_name"))).hasSize(6);
    assertThat(RunningService.json(answer).at("/data/manifests")).hasSize(6);
    assertThat(queues("DRYUSDT")).isEmpty();
    String id = steps.get(0).path("job_name").asText().substring(3, 15);
    assertThat(Records.values(broker, topic)).noneMatch(value -> value.contains(id));
    assertThat(Records.values(broker, service.setting("queue.updates.topic")))
        .noneMatch(value -> value.contains("DRYUSDT"));
    started(post(body("DRIED"), "dry"));
  }

  @Test
  void a_command_id_counts_as_a_key() throws Exception {
    command("CMD", "c-1");
    command("CMD", "c-1");
    command("OTHER", "c-1");
    command("-", "c-2");
    command("CMDTWO", "c-2");

    List<JsonNode> first = answers("c-1", 3);
    assertThat(first)
        .extracting(each -> each.path("status").asText())
        .containsExactly("success", "success", "error");
    assertThat(first.get(1).path("queue_id")).isEqualTo(first.get(0).path("queue_id"));
    assertThat(queues("CMD")).hasSize(1);
    assertThat(queues("OTHER")).isEmpty();
    assertThat(answers("c-2", 2))
        .extracting(each -> each.path("status").asText())
        .as("a refused command takes no id")
        .containsExactly("error", "success");
  }

  @Test
  void commands_without_an_id_are_told_apart_by_where_they_lie() throws Exception {
    String topic = service.setting("queue.control.topic");
    String command = body("NOID").replaceFirst("\\{", "{\"command\":\"start\",");
    Records.write(TestBroker.bootstrapServers(), topic, command, command);

    await().atMost(Duration.ofSeconds(60)).until(() -> queues("NOID").size() == 2);
    Set<String> ids = new HashSet<>(queues("NOID").findValuesAsText("id"));
    List<JsonNode> answers =
        await()
            .until(
                () ->
                    updates().stream()
                        .filter(each -> ids.contains(each.path("queue_id").asText()))
                        .toList(),
                each -> each.size() == 2);
    assertThat(answers)
        .allMatch(each -> each.path("command_id").asText().matches(topic + "-0-[0-9]+"));
  }

  private static void command(String symbol, String id) throws Exception {
    String envelope = "{\"command\":\"start\",\"command_id\":\"" + id + "\",";
    Records.write(
        TestBroker.bootstrapServers(),
        service.setting("queue.control.topic"),
        body(symbol).replaceFirst("\\{", envelope));
  }

  private static List<JsonNode> answers(String commandId, int number) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                updates().stream()
                    .filter(each -> each.path("command_id").asText().equals(commandId))
                    .toList(),
            found -> found.size() == number);
  }

  private static List<JsonNode> updates() {
    return Records.values(TestBroker.bootstrapServers(), service.setting("queue.updates.topic"))
        .stream()
        .map(RunningService::json)
        .filter(update -> update.path("kind").asText().equals("answer"))
        .toList();
  }

  private static String connectors(String symbol, int number) {
    List<String> steps =
        IntStream.range(0, number)
            .mapToObj(
                each ->
                    "{\"target\":\"arango-connector\",\"type\":\"api\",\"collection_name\":\"c%d\"}"
                        .formatted(each))
            .toList();
    return "{\"symbol\":\"%s\",\"time_range\":\"2024-01-01:2024-01-01\",\"requests\":[%s]}"
        .formatted(symbol, String.join(",", steps));
  }
}
