package io.streamforge.camel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueueApiTest {
  private static final Contract CONTRACT = ContractAnswers.CONTRACT;
  private static final JsonNode DOCUMENT = ContractAnswers.DOCUMENT;

  private static List<Fault> check(String json) {
    return CONTRACT.check("start-queue", StrictJson.read(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static String step(String fields) {
    return "{\"symbol\":\"BTCUSDT\",\"time_range\":\"2024-01-01:2024-01-01\",\"requests\":[{"
        + fields
        + "}]}";
  }

  @ParameterizedTest
  @ValueSource(strings = {"single", "historical-pipeline", "realtime-pipeline"})
  void a_published_request_is_valid_and_an_example_of_the_contract(String name) throws IOException {
    var text = Files.readString(Path.of("src/test/resources/requests/valid", name + ".json"));
    assertThat(check(text)).isEmpty();
    var examples = "/paths/~1queues~1start/post/requestBody/content/application~1json/examples/";
    assertThat(DOCUMENT.at(examples + name + "/value"))
        .isEqualTo(StrictJson.read(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"target\":\"Loader\",\"type\":\"ws\"|requests[0].target",
        "\"target\":\"loader-producer\",\"type\":\"a-b\"|requests[0].type",
        "\"target\":\"a\",\"type\":\"ws\",\"interval\":\"05m\"|requests[0].interval",
        "\"target\":\"a\",\"type\":\"ws\",\"inference_interval\":\"5x\"|requests[0].inference_interval",
        "\"target\":\"a\",\"type\":\"ws\",\"collection_name\":\"1x\"|requests[0].collection_name",
        "\"target\":\"a\",\"type\":\"ws\",\"collection_inputs\":[]|requests[0].collection_inputs",
        "\"target\":\"a\",\"type\":\"ws\",\"collection_inputs\":\"x\"|requests[0].collection_inputs",
        "\"target\":\"a\",\"type\":\"ws\",\"collection_inputs\":[\"a\",\"b c\"]|requests[0].collection_inputs[1]",
        "\"target\":\"a\",\"type\":\"ws\",\"source\":\"\"|requests[0].source",
        "\"target\":\"a\",\"type\":\"ws\",\"image\":\"x; rm\"|requests[0].image",
        "\"target\":\"a\",\"type\":\"ws\",\"command\":\"x\"|requests[0].command",
        "\"type\":\"ws\"|requests[0].target",
        "\"target\":null,\"type\":\"ws\"|requests[0].target"
      })
  void a_wrong_field_of_a_step_is_named_in_words(String fields, String field) {
    var faults = check(step(fields));
    assertThat(faults).extracting(Fault::field).containsExactly(field);
    assertThat(faults.get(0).message()).doesNotContain("^", "$", "regex", "schema");
  }

  @Test
  void an_empty_pipeline_is_a_fault() {
    assertThat(check(step("").replace("[{}]", "[]")))
        .extracting(Fault::field)
        .containsExactly("requests");
  }

  @ParameterizedTest
  @ValueSource(strings = {" btcusdt ", "BTCUSDT", "b2"})
  void a_symbol_is_trimmed_and_of_any_case(String symbol) {
    assertThat(check(step("\"target\":\"a\",\"type\":\"ws\"").replace("BTCUSDT", symbol)))
        .isEmpty();
  }
}
