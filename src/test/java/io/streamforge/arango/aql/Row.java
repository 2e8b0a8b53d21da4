package io.streamforge.arango.aql;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.arango.ArangoError;
import java.util.HashMap;
import java.util.Map;

/** The values of the variables at one point of one run through the clauses. */
final class Row {
  private final Map<String, JsonNode> variables;

  Row() {
    this(Map.of());
  }

  private Row(Map<String, JsonNode> variables) {
    this.variables = variables;
  }

  Row with(String variable, JsonNode value) {
    Map<String, JsonNode> more = new HashMap<>(variables);
    more.put(variable, value);
    return new Row(more);
  }

  JsonNode get(String variable) {
    JsonNode value = variables.get(variable);
    if (value == null) {
      throw ArangoError.parse("unknown variable " + variable);
    }
    return value;
  }
}
