package io.streamforge.camel.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractDocumentTest {
  private static final String DOGS =
      """
      openapi: 3.1.0
      info: {title: dogs, version: "1"}
      tags: [{name: dogs}]
      paths:
        /dogs:
          post:
            operationId: add-dog
            requestBody:
              content: {application/json: {schema: {$ref: '#/components/schemas/Dog'}}}
      components:
        schemas:
          Name: {type: string, maxLength: 3}
          Dog: {type: object, properties: {name: {$ref: '#/components/schemas/Name'}}}
      """;
  private static final String CATS =
      """
      openapi: 3.1.0
      info: {title: cats, version: "2"}
      tags: [{name: cats}]
      paths:
        /cats/{cat_id}:
          get: {operationId: show-cat}
      components:
        schemas:
          Name: {type: string, maxLength: 3}
          Cat: {type: object}
      """;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void a_schema_outside_the_contract_is_refused_when_it_is_read() throws IOException {
    Path file = file("dogs.yaml", DOGS.replace("'#/components/schemas/Dog'", "'other.yaml#/Dog'"));
    assertThatThrownBy(() -> new Contract(List.of(file)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "/paths/~1dogs/post/requestBody/content/application~1json/schema: a schema refers to"
                + " https://contract/other.yaml, which is outside of the contract");
  }

  @Test
  void several_files_make_one_contract() throws IOException {
    var contract = new Contract(List.of(file("dogs.yaml", DOGS), file("cats.yaml", CATS)));
    JsonNode whole = StrictJson.read(contract.json());
    assertThat(whole.at("/info/title").asText()).isEqualTo("dogs");
    assertThat(whole.path("paths").fieldNames())
        .toIterable()
        .containsExactly("/dogs", "/cats/{cat_id}");
    assertThat(whole.at("/components/schemas").fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("Name", "Dog", "Cat");
    assertThat(whole.path("tags").findValuesAsText("name")).containsExactly("dogs", "cats");
    assertThat(contract.check("add-dog", StrictJson.read("{\"name\":\"Bello\"}".getBytes(UTF_8))))
        .containsExactly(new Fault("name", "must have at most 3 characters"));
  }

  @Test
  void two_files_cannot_say_different_things_of_the_same() throws IOException {
    var other = file("other.yaml", CATS.replace("maxLength: 3", "maxLength: 4"));
    var dogs = file("dogs.yaml", DOGS);
    assertThatThrownBy(() -> new Contract(List.of(dogs, other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other.yaml")
        .hasMessageContaining("/components/schemas/Name is already in another file");
  }

  @Test
  void an_operation_id_is_given_once() throws IOException {
    var other = file("other.yaml", CATS.replace("show-cat", "add-dog"));
    var dogs = file("dogs.yaml", DOGS);
    assertThatThrownBy(() -> new Contract(List.of(dogs, other)))
        .hasMessageContaining("two operations are called add-dog");
  }

  @Test
  void a_file_that_is_no_contract_is_named() throws IOException {
    var old = file("old.yaml", DOGS.replace("3.1.0", "3.0.3"));
    var broken = file("broken.yaml", "a: [");
    var missing = folder.resolve("missing.yaml");
    for (Path file : List.of(old, broken, missing)) {
      assertThatThrownBy(() -> new Contract(List.of(file)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(file.getFileName().toString());
    }
    assertThatThrownBy(() -> new Contract(List.of())).hasMessageContaining("at least one");
  }

  @Test
  void only_what_has_a_body_can_be_checked() throws IOException {
    var contract = new Contract(List.of(file("cats.yaml", CATS)));
    var body = StrictJson.read("{}".getBytes(UTF_8));
    assertThatThrownBy(() -> contract.check("show-cat", body)).hasMessageContaining("show-cat");
    assertThatThrownBy(() -> contract.check("nope", body)).hasMessageContaining("nope");
  }

  @Test
  void rest_openapi_is_given_the_operations_of_one_file_without_their_schemas() throws Exception {
    var dogs = file("dogs.yaml", DOGS);
    var contract = new Contract(List.of(dogs, file("cats.yaml", CATS)));
    try (var camel = new DefaultCamelContext()) {
      contract.bind(camel);
      var outline = ResourceHelper.resolveMandatoryResource(camel, "contract:" + dogs);
      assertThat(StrictJson.read(outline.getInputStream().readAllBytes()).path("paths"))
          .isEqualTo(
              StrictJson.read(
                  """
                  {"/dogs": {"post": {
                    "operationId": "add-dog", "responses": {"200": {"description": ""}}}}}"""
                      .getBytes(UTF_8)));
      assertThatThrownBy(() -> ResourceHelper.resolveResource(camel, "contract:birds.yaml"))
          .hasMessageContaining("birds.yaml is not of the contract");
    }
  }
}
