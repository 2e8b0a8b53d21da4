package io.streamforge.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.camel.contract.Contract;
import io.streamforge.camel.contract.ContractAnswers;
import io.streamforge.camel.contract.Fault;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the contract shows as examples, asked of the service that publishes it. */
@ExtendWith(SharedService.class)
class ContractExamplesTest {
  private final RunningService service;

  ContractExamplesTest(RunningService service) {
    this.service = service;
  }

  /** The request examples of the published contract, by operation and name. */
  private Map<String, JsonNode> requests(String operationId) {
    Map<String, JsonNode> examples = new TreeMap<>();
    for (JsonNode path : RunningService.json(service.get("/openapi.json")).path("paths")) {
      for (JsonNode operation : path) {
        String id = operation.path("operationId").asText();
        for (JsonNode content : operation.path("requestBody").path("content")) {
          for (var example : content.path("examples").properties()) {
            if (operationId.isEmpty() || operationId.equals(id)) {
              examples.put(id + " " + example.getKey(), example.getValue().path("value"));
            }
          }
        }
      }
    }
    return examples;
  }

  private JsonNode request(String name) {
    return requireNonNull(requests("").get(name), name);
  }

  @Test
  void every_request_example_breaks_no_rule_of_the_service() {
    Contract contract = service.bean("contract", Contract.class);
    Map<String, JsonNode> requests = requests("");
    // There is no Mattermost here whose links would be known.
    JsonNode permalink = requireNonNull(requests.remove("make-summary permalink"));
    assertThat(contract.check("make-summary", permalink))
        .extracting(Fault::message)
        .containsExactly("must be a link to a post of the bot's own Mattermost");
    assertThat(requests)
        .hasSizeGreaterThan(6)
        .allSatisfy(
            (name, body) ->
                assertThat(contract.check(name.substring(0, name.indexOf(' ')), body))
                    .as(name)
                    .isEmpty());
  }

  @Test
  void one_that_asks_for_what_the_catalogue_does_not_have_breaks_a_rule() {
    ObjectNode body = request("start-queue single").deepCopy();
    body.put("type", "telepathy");
    assertThat(service.bean("contract", Contract.class).check("start-queue", body)).isNotEmpty();
  }

  @Test
  void what_is_shown_can_be_started() {
    assertThat(requests("start-queue"))
        .hasSize(3)
        .allSatisfy(
            (name, body) -> {
              var answer = service.post("/queues/start?dry_run=true", body.toString());
              assertThat(answer.statusCode()).as(name).isEqualTo(200);
              assertFits("/queues/start", "post", 200, answer.body());
            });
  }

  @Test
  void messages_that_are_shown_can_be_summarised() {
    JsonNode body = request("make-summary messages");
    var answer = service.post("/summaries", body.toString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertFits("/summaries", "post", 200, answer.body());
  }

  @Test
  void a_stop_that_is_shown_is_refused_only_since_there_is_no_such_queue() {
    JsonNode body = request("stop-queue by-id");
    var answer = service.post("/queues/stop", body.toString());
    assertThat(answer.statusCode()).isEqualTo(404);
    assertFits("/queues/stop", "post", 404, answer.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/queues",
        "/targets",
        "/summaries",
        "/status",
        "/info",
        "/health",
        "/health/live",
        "/health/ready",
        "/health/startup"
      })
  void what_is_answered_is_what_the_contract_says(String path) {
    var answer = service.get(path);
    assertFits(path, "get", answer.statusCode(), answer.body());
  }

  private static void assertFits(String path, String verb, int status, String body) {
    assertThat(ContractAnswers.faults(path, verb, status, RunningService.json(body))).isEmpty();
  }

  @Test
  void an_answer_that_lacks_what_the_contract_says_does_not_fit() {
    ObjectNode answer = new ObjectMapper().createObjectNode().put("status", "success");
    assertThat(List.copyOf(ContractAnswers.faults("/targets", "get", 200, answer))).isNotEmpty();
  }
}
