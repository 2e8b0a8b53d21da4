package io.streamforge.camel.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Words a fault for the client: what the field must be, not which keyword of the schema failed. A
 * schema with an {@code x-message} words the faults of its form itself.
 */
final class Wording {
  /** Whether there is such a field at all, which no wording of its form speaks of. */
  private static final Set<String> PRESENCE =
      Set.of("required", "additionalProperties", "unevaluatedProperties", "type");

  private final JsonNode contract;

  Wording(JsonNode contract) {
    this.contract = contract;
  }

  String of(ValidationMessage message) {
    var schema = schema(message);
    if (!PRESENCE.contains(message.getType()) && schema.has("x-message")) {
      return schema.get("x-message").asText();
    }
    var expected = message.getSchemaNode();
    return switch (message.getType()) {
      case "required" -> "is required";
      case "additionalProperties", "unevaluatedProperties" ->
          "is not a known field: remove it" + known(schema);
      case "type" -> "must be " + type(expected);
      case "enum" -> "must be one of " + list(expected);
      case "const" -> "must be " + expected.asText();
      case "minimum" -> "must be at least " + expected.asText();
      case "maximum" -> "must be at most " + expected.asText();
      case "minLength" -> "must have at least " + expected.asText() + " characters";
      case "maxLength" -> "must have at most " + expected.asText() + " characters";
      case "minItems" -> "must have at least " + expected.asText() + " entries";
      case "maxItems" -> "must have at most " + expected.asText() + " entries";
      case "uniqueItems" -> "must not have the same entry twice";
      case "format" -> "must be a valid " + expected.asText();
      case "pattern" -> "must match " + expected.asText();
      default -> "must be valid: " + message.getError();
    };
  }

  /** The schema that holds the keyword, which may be one that the checked one refers to. */
  private JsonNode schema(ValidationMessage message) {
    var keyword = message.getSchemaLocation().getFragment();
    var node = contract;
    for (int i = 0; i < keyword.getNameCount() - 1; i++) {
      var element = keyword.getElement(i);
      node = element instanceof Integer index ? node.path(index) : node.path(element.toString());
    }
    return node;
  }

  private static String type(JsonNode expected) {
    if (expected.isArray()) {
      return StreamSupport.stream(expected.spliterator(), false)
          .map(Wording::type)
          .collect(Collectors.joining(" or "));
    }
    return switch (expected.asText()) {
      case "object" -> "a JSON object";
      case "array" -> "a list";
      case "integer" -> "an integer";
      case "boolean" -> "true or false";
      case "string" -> "a text";
      default -> expected.asText();
    };
  }

  private static String known(JsonNode schema) {
    var names = schema.path("properties").properties().stream();
    var list =
        names
            .filter(property -> !property.getValue().isBoolean())
            .map(property -> property.getKey())
            .collect(Collectors.joining(", "));
    return list.isEmpty() ? "" : " (known: " + list + ")";
  }

  private static String list(JsonNode values) {
    return StreamSupport.stream(values.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(", "));
  }
}
