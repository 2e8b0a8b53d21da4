package io.streamforge.camel.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.resource.InputStreamSource;
import com.networknt.schema.serialization.JsonNodeReader;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the operations out of a contract; their schemas stay where they are in the document. */
final class OperationReader {
  /** The keys of a path that are operations. */
  static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "patch");

  private static final String DOCUMENT = "https://contract/openapi.json";
  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder()
          .formatAssertionsEnabled(true)
          .regularExpressionFactory(OperationReader::regularExpression)
          .build();

  private final JsonNode root;
  private final JsonSchemaFactory schemas;
  private final Wording wording;

  OperationReader(ContractDocument document) {
    root = document.root();
    wording = new Wording(root);
    schemas =
        JsonSchemaFactory.getInstance(
            VersionFlag.V202012,
            builder ->
                builder
                    .schemaLoaders(
                        loaders ->
                            loaders
                                .schemas(Map.of(DOCUMENT, DOCUMENT))
                                .add(OperationReader::refuseOthers))
                    .jsonNodeReader(new OwnDocument(root)));
  }

  List<Operation> read() {
    var operations = new ArrayList<Operation>();
    for (var path : root.path("paths").properties()) {
      for (var verb : path.getValue().properties()) {
        if (VERBS.contains(verb.getKey())) {
          operations.add(operation(path.getKey(), verb.getKey(), verb.getValue()));
        }
      }
    }
    return operations;
  }

  private Operation operation(String path, String verb, JsonNode node) {
    var at = "/paths/" + path.replace("~", "~0").replace("/", "~1") + "/" + verb;
    var id = node.path("operationId").asText();
    if (id.isEmpty()) {
      throw new IllegalArgumentException(verb + " " + path + " has no operationId");
    }
    return new Operation(
        id,
        path,
        verb.toUpperCase(Locale.ROOT),
        parameters(at, node),
        body(at, node),
        node.at("/requestBody/required").asBoolean(),
        mediaType(node),
        node.path("x-own-workers").asBoolean());
  }

  private List<Parameter> parameters(String at, JsonNode operation) {
    var parameters = new ArrayList<Parameter>();
    for (int i = 0; i < operation.path("parameters").size(); i++) {
      var node = operation.path("parameters").get(i);
      var pointer = at + "/parameters/" + i;
      if (node.has("$ref")) {
        pointer = node.get("$ref").asText().substring(1);
        node = root.at(pointer);
      }
      parameters.add(parameter(pointer, node));
    }
    return parameters;
  }

  private Parameter parameter(String at, JsonNode node) {
    var schema = schema(at + "/schema");
    return new Parameter(
        node.path("name").asText(),
        Parameter.Place.valueOf(node.path("in").asText().toUpperCase(Locale.ROOT)),
        node.path("required").asBoolean(),
        schema.type().equals("array"),
        node.at("/schema/default").asText(null),
        schema);
  }

  private @Nullable ContractSchema body(String at, JsonNode operation) {
    var content = "/requestBody/content/" + mediaType(operation).text().replace("/", "~1");
    return operation.at(content + "/schema").isMissingNode()
        ? null
        : schema(at + content + "/schema");
  }

  /** The first of those that we can read; an operation takes one. */
  private static MediaType mediaType(JsonNode operation) {
    return Stream.of(MediaType.values())
        .filter(type -> operation.at("/requestBody/content").has(type.text()))
        .findFirst()
        .orElse(MediaType.JSON);
  }

  private ContractSchema schema(String pointer) {
    var escaped = pointer.replace("{", "%7B").replace("}", "%7D");
    try {
      JsonSchema schema = schemas.getSchema(SchemaLocation.of(DOCUMENT + "#" + escaped), CONFIG);
      return new ContractSchema(schema, wording);
    } catch (JsonSchemaException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new IllegalArgumentException(pointer + ": " + reason.getMessage(), e);
    }
  }

  /** By itself the library would ask the network for it. */
  private static InputStreamSource refuseOthers(AbsoluteIri place) {
    throw new IllegalArgumentException(
        "a schema refers to " + place + ", which is outside of the contract");
  }

  /** The document as it is: written as text and read again, it would take a fortieth of a start. */
  private record OwnDocument(JsonNode root) implements JsonNodeReader {
    @Override
    public JsonNode readTree(String content, InputFormat format) {
      return root;
    }

    @Override
    public JsonNode readTree(InputStream content, InputFormat format) {
      return root;
    }
  }

  /** In a contract {@code $} is the end of the text; Java's also lets a line feed follow. */
  private static com.networknt.schema.regex.RegularExpression regularExpression(String regex) {
    var strict =
        regex.endsWith("$") && !regex.endsWith("\\$")
            ? regex.substring(0, regex.length() - 1) + "\\z"
            : regex;
    var pattern = Pattern.compile(strict);
    return text -> pattern.matcher(text).find();
  }
}
