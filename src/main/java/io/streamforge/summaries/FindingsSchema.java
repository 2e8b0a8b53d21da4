package io.streamforge.summaries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The JSON schemas of answers, in the subset that Ollama's grammars and OpenAI's strict mode both
 * take: every property is required, nothing else is allowed.
 */
final class FindingsSchema {
  static final String TOPICS = "topics";
  static final String POINTS = "key_points";
  static final String TASKS = "tasks";
  static final String CONCLUSIONS = "conclusions";
  static final String TEXT = "text";
  static final String POST = "post";
  static final String OWNER = "owner";
  static final String DUE = "due";

  private static final ObjectMapper JSON = new ObjectMapper();

  private FindingsSchema() {}

  /** Of what is found in a chunk. */
  static JsonNode ofChunk() {
    ObjectNode properties = JSON.createObjectNode();
    properties.set(TOPICS, list(type("string")));
    properties.set(POINTS, list(object(texts(TEXT).set(POST, type("integer")))));
    properties.set(TASKS, list(object(texts(TEXT, OWNER, DUE).set(POST, type("integer")))));
    properties.set(CONCLUSIONS, list(type("string")));
    return object(properties);
  }

  /** Of what is merged. */
  static JsonNode ofMerge() {
    ObjectNode properties = JSON.createObjectNode();
    properties.set(TOPICS, list(type("string")));
    properties.set(CONCLUSIONS, list(type("string")));
    return object(properties);
  }

  private static ObjectNode texts(String... names) {
    ObjectNode properties = JSON.createObjectNode();
    for (String name : names) {
      properties.set(name, type("string"));
    }
    return properties;
  }

  private static ObjectNode type(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  private static ObjectNode list(JsonNode items) {
    return type("array").set("items", items);
  }

  private static ObjectNode object(JsonNode properties) {
    ObjectNode object = type("object");
    object.set("properties", properties);
    properties.fieldNames().forEachRemaining(object.withArray("required")::add);
    return object.put("additionalProperties", false);
  }
}
