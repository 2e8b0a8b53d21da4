package io.streamforge.camel.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.regex.Pattern;

/** Makes JSON of the text of a parameter, so that a schema can judge it. */
final class ParameterValue {
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}");

  private ParameterValue() {}

  static JsonNode of(List<String> values, boolean repeatable, ContractSchema schema) {
    if (!repeatable) {
      return of(values.get(0), schema.type());
    }
    var list = JsonNodeFactory.instance.arrayNode();
    values.forEach(value -> list.add(of(value, schema.itemType())));
    return list;
  }

  /** Text that cannot be of the type stays text, which the schema then faults. */
  private static JsonNode of(String value, String type) {
    return switch (type) {
      case "integer" ->
          INTEGER.matcher(value).matches()
              ? LongNode.valueOf(Long.parseLong(value))
              : TextNode.valueOf(value);
      case "boolean" ->
          value.equals("true") || value.equals("false")
              ? BooleanNode.valueOf(value.equals("true"))
              : TextNode.valueOf(value);
      default -> TextNode.valueOf(value);
    };
  }
}
