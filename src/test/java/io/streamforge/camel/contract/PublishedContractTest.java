package io.streamforge.camel.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract as it is published, held to OpenAPI and to our own laws. */
class PublishedContractTest {
  private static final JsonNode DOCUMENT = ContractAnswers.DOCUMENT;

  /** What the parser that Swagger's own tools use has against it. */
  private static List<String> lint(JsonNode document) {
    ParseOptions options = new ParseOptions();
    options.setValidateExternalRefs(true);
    List<String> messages =
        new OpenAPIV3Parser().readContents(document.toString(), null, options).getMessages();
    return messages == null ? List.of() : messages;
  }

  /** For linters that run beside Maven. */
  @BeforeAll
  static void leaveItForOtherLinters() throws IOException {
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target", "openapi.json"), ContractAnswers.CONTRACT.json());
  }

  @Test
  void it_breaks_no_rule_of_openapi() {
    assertThat(lint(DOCUMENT)).isEmpty();
  }

  @Test
  void every_operation_has_its_words_and_valid_examples() {
    assertThat(ContractLaws.faults(DOCUMENT)).isEmpty();
  }

  /** The contract with a field that is other than it was, or gone. */
  private static JsonNode broken(String pointer, String field, @Nullable String value) {
    ObjectNode document = DOCUMENT.deepCopy();
    ObjectNode at = (ObjectNode) document.at(pointer);
    if (value == null) {
      assertThat(at.has(field)).as(pointer + " has " + field).isTrue();
      at.remove(field);
    } else {
      at.set(field, StrictJson.read(value.getBytes(StandardCharsets.UTF_8)));
    }
    return document;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/paths/~1queues/get|responses|",
        "/paths/~1queues/get/responses/200|description|",
        "/paths/~1queues/get|operationId|\"show-queue\"",
        "/paths/~1queues/get|operation|\"x\"",
        "/paths/~1queues/get/parameters/0|in|\"cellar\"",
        "/paths/~1queues~1{queue_id}/get|parameters|[]",
        "/paths/~1queues~1start/post/requestBody|content|",
        "/info|title|",
        "/components|schemes|{}"
      })
  void what_breaks_openapi_is_found(String pointer, String field, String value) {
    assertThat(lint(broken(pointer, field, value))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/paths/~1queues/get|description||get /queues has no description",
        "/paths/~1queues/get|summary|\" \"|get /queues has no summary",
        "/paths/~1queues/get|tags|[\"ghosts\"]|get /queues has the unknown tag",
        "/paths/~1queues/get/parameters/0|description||has no description",
        "/paths/~1queues/get/responses/200/content/application~1json|example||get /queues 200 has no example",
        "/components/responses/Broken/content/application~1json|example||500 has no example",
        "/paths/~1queues~1start/post/requestBody/content/application~1json|examples|{}|post /queues/start request has no example",
        "/paths/~1queues~1start/post/requestBody/content/application~1json/examples/single/value|symbol|7|post /queues/start request single",
        "/components/responses/Broken/content/application~1json/example|status|\"fine\"|500 example",
        "/components/schemas|Unused|{}|#/components/schemas/Unused is used nowhere",
        "/components/schemas/Page/properties/next|$ref|\"#/components/schemas/Nowhere\"|#/components/schemas/Nowhere leads nowhere",
        "/components/schemas/Steps|items||an array has no items",
        "/info|contact||info has no contact"
      })
  void what_breaks_a_law_is_named(String pointer, String field, String value, String fault) {
    assertThat(ContractLaws.faults(broken(pointer, field, value)))
        .anySatisfy(found -> assertThat(found).contains(fault));
  }
}
