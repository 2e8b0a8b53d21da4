package io.streamforge.camel.contract;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether answers are those that the service's contract promises. */
public final class ContractAnswers {
  static final Contract CONTRACT =
      new Contract(
          List.of(
              Path.of("routes/queues/queue-api.openapi.yaml"),
              Path.of("routes/summaries/bot-api.openapi.yaml"),
              Path.of("routes/operations/access-api.openapi.yaml")));
  static final JsonNode DOCUMENT = StrictJson.read(CONTRACT.json());

  private ContractAnswers() {}

  /** What an answer has that its schema does not allow, and the other way round. */
  public static Set<String> faults(String path, String verb, int status, JsonNode answer) {
    JsonNode response =
        DOCUMENT.path("paths").path(path).path(verb).path("responses").path("" + status);
    JsonNode schema = resolve(response).at("/content/application~1json/schema");
    if (schema.isMissingNode()) {
      throw new IllegalArgumentException(verb + " " + path + " promises no " + status);
    }
    return faults(DOCUMENT, schema, answer);
  }

  private static JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asText().substring(1)) : node;
  }

  /** The schema as a part of the whole document, so that it may refer to others. */
  static Set<String> faults(JsonNode document, JsonNode schema, JsonNode example) {
    ObjectNode whole = document.deepCopy();
    whole.set("checked", schema);
    var schemas = Map.of("https://test/contract", whole.toString());
    return JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders -> loaders.schemas(schemas)))
        .getSchema(SchemaLocation.of("https://test/contract#/checked"))
        .validate(example)
        .stream()
        .map(Object::toString)
        .collect(toSet());
  }
}
