package io.streamforge.queues;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.contract.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartRuleTest {
  private static final StartRule RULE =
      new StartRule(
          Queues.CATALOGUE, Queues.PLAN, List.of("registry.example/*", "exactly/this:1"), 3);

  private static List<String> faultyFields(String json) {
    try {
      JsonNode body = QueueJson.MAPPER.readTree(json);
      return RULE.faults(body).stream().map(Fault::field).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String steps(String steps) {
    return "{\"symbol\":\"BTCUSDT\",\"time_range\":\"2024-01-01:2024-01-03\",\"requests\":["
        + steps
        + "]}";
  }

  private static String image(String image) {
    return steps("{\"target\":\"loader-producer\",\"type\":\"api\",\"image\":\"" + image + "\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"registry.example/loader:1", "registry.example/", "exactly/this:1"})
  void an_allowed_image_is_no_fault(String image) {
    assertThat(faultyFields(image(image))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"registry-example/loader:1", "x/registry.example/a", "exactly/this:12", "", "*"})
  void another_image_is_refused(String image) {
    assertThat(faultyFields(image(image))).containsExactly("requests[0].image");
  }

  @ParameterizedTest
  @CsvSource({"1, true", "3, true", "4, false"})
  void there_may_be_so_many_steps_and_no_more(int number, boolean fine) {
    StringBuilder steps = new StringBuilder();
    for (int step = 1; step <= number; step++) {
      steps
          .append(step == 1 ? "" : ",")
          .append("{\"target\":\"arango-connector\",\"type\":\"api\",\"collection_name\":\"c")
          .append(step)
          .append("\"}");
    }
    assertThat(faultyFields(steps(steps.toString()))).hasSize(fine ? 0 : 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"requests\":[]}",
        "{\"time_range\":\"2024-01-01:2024-01-03\"}",
        "{\"time_range\":\"2024-01-01:2024-01-03\",\"requests\":[]}",
        "{\"time_range\":\"2024-01-01:2024-01-03\",\"requests\":[{}]}",
        "{\"time_range\":\"2024-01-01:2024-01-03\",\"requests\":[null,5,[]]}",
        "{\"time_range\":\"2024-01-01:2024-01-03\",\"requests\":{\"target\":5}}",
        "{\"time_range\":5,\"type\":{}}"
      })
  void what_the_schema_has_told_is_not_told_again_and_breaks_nothing(String json) {
    assertThat(faultyFields(json)).isEmpty();
  }

  @Test
  void steps_that_wait_for_each_other_are_all_named() {
    assertThat(
            faultyFields(
                steps(
                    """
                    {"target":"graph-builder","type":"gnn_graph","collection_inputs":["b"],"collection_output":"a"},
                    {"target":"graph-builder","type":"realtime_graph","collection_inputs":["a"],"collection_output":"b"},
                    {"target":"arango-connector","type":"api"}""")))
        .containsExactly("requests[0]", "requests[1]");
  }

  @Test
  void a_chain_of_steps_is_no_circle() {
    assertThat(
            faultyFields(
                steps(
                    """
                    {"target":"graph-builder","type":"gnn_graph","collection_inputs":["b"],"collection_output":"a"},
                    {"target":"arango-connector","type":"api","collection_name":"b"}""")))
        .isEmpty();
  }
}
