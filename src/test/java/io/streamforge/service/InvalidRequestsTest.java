package io.streamforge.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.edge.RawHttp;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bad input over HTTP: told what is wrong, never a 500, and nothing comes of it. */
class InvalidRequestsTest {
  private static RunningService service;

  @BeforeAll
  static void start() {
    Map<String, String> settings = new HashMap<>(RunningService.PATIENT);
    settings.put("IMAGE_ALLOW", "registry.example/*");
    service = RunningService.start(settings);
  }

  @AfterAll
  static void stop() {
    try {
      assertThat(RunningService.json(service.get("/queues")).path("data"))
          .as("queues that a refused request left")
          .isEmpty();
      assertThat(service.get("/health/ready").statusCode()).isEqualTo(200);
    } finally {
      service.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> a_written_request_is_refused() {
    return Stream.of("fields", "pipelines", "json", "queries", "methods", "headers", "summaries")
        .flatMap(
            file ->
                RefusedRequest.all(file + ".jsonl")
                    .map(
                        request ->
                            DynamicTest.dynamicTest(
                                file + ": " + request.name(),
                                () ->
                                    request.isAnsweredBy(
                                        request.send(service.application().port())))));
  }

  @TestFactory
  Stream<DynamicTest> a_mutated_request_is_refused() {
    return Stream.of("single", "historical-pipeline", "realtime-pipeline", "messages")
        .flatMap(
            name ->
                Mutation.of(RunningService.request(name), 80, name.hashCode()).stream()
                    .map(
                        mutation ->
                            DynamicTest.dynamicTest(
                                name + ": " + mutation.what(), () -> isRefused(name, mutation))));
  }

  private static void isRefused(String name, Mutation mutation) {
    String path = name.equals("messages") ? "/summaries" : "/queues/start";
    RawHttp.Reply reply =
        RawHttp.request(service.application().port(), "POST", path)
            .body("application/json", mutation.body())
            .send();
    RefusedRequest.isRefusal(reply, mutation.status());
    if (!mutation.field().isEmpty()) {
      assertThat(reply.faultyFields()).as(reply.body()).contains(mutation.field());
    }
  }

  @Test
  void an_unmutated_request_is_not_refused() {
    for (String name : Stream.of("single", "historical-pipeline", "realtime-pipeline").toList()) {
      var answer = service.post("/queues/start?dry_run=true", RunningService.request(name));
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  @Test
  void fifty_steps_are_not_too_many() {
    var body =
        RunningService.json("{\"symbol\":\" btcusdt \",\"time_range\":\"2024-02-29:2024-02-29\"}");
    var steps = ((com.fasterxml.jackson.databind.node.ObjectNode) body).putArray("microservices");
    for (int number = 1; number <= 50; number++) {
      steps
          .addObject()
          .put("target", "arango-connector")
          .put("type", "api_trades")
          .put("image", "registry.example/connector:1")
          .put("collection_name", "c" + number);
    }
    var answer = service.post("/queues/start?dry_run=true", body.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(RunningService.json(answer).at("/data/steps")).hasSize(50);
  }
}
