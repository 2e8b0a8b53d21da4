package io.streamforge.camel.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** A schema of the contract, and the faults of values against it. */
final class ContractSchema {
  private final JsonSchema schema;
  private final Wording wording;

  ContractSchema(JsonSchema schema, Wording wording) {
    this.schema = schema;
    this.wording = wording;
    schema.initializeValidators();
  }

  /** The schema's {@code type}, empty if it names none. */
  String type() {
    return schema.getSchemaNode().path("type").asText();
  }

  String itemType() {
    return schema.getSchemaNode().at("/items/type").asText();
  }

  /**
   * Lists every fault once.
   *
   * @param name what the value is called, empty for a body, whose fields stand for themselves
   */
  List<Fault> faults(JsonNode value, String name) {
    var faults = new LinkedHashSet<Fault>();
    for (ValidationMessage message : schema.validate(value)) {
      faults.add(new Fault(field(message, name), wording.of(message)));
    }
    return new ArrayList<>(faults);
  }

  private static String field(ValidationMessage message, String name) {
    var field = new StringBuilder(name);
    JsonNodePath place = message.getInstanceLocation();
    for (int i = 0; i < place.getNameCount(); i++) {
      append(field, place.getElement(i));
    }
    if (message.getProperty() != null) {
      append(field, message.getProperty());
    }
    return field.isEmpty() ? "body" : field.toString();
  }

  private static void append(StringBuilder field, Object element) {
    if (element instanceof Integer index) {
      field.append('[').append(index).append(']');
      return;
    }
    if (!field.isEmpty()) {
      field.append('.');
    }
    field.append(element);
  }
}
