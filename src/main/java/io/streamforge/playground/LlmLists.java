package io.streamforge.playground;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The lists of models that servers show. */
final class LlmLists {
  private LlmLists() {}

  /** As {@code GET /api/tags}, and {@code GET /api/ps} when it is loaded. */
  static String ollama(String model) {
    String name = model.contains(":") ? model : model + ":latest";
    ObjectNode list = LlmWire.object();
    list.putArray("models").addObject().put("name", name).put("model", name).put("size", 1L);
    return list.toString();
  }

  /** As {@code GET /v1/models}. */
  static String openai(String model) {
    ObjectNode list = LlmWire.object().put("object", "list");
    list.putArray("data").addObject().put("id", model).put("object", "model").put("owned_by", "");
    return list.toString();
  }
}
