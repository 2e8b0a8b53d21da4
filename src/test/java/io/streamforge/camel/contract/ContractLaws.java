package io.streamforge.camel.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What we ask of the published contract beyond what OpenAPI asks: words and examples for all of it.
 */
final class ContractLaws {
  private static final Set<String> VERBS = Set.of("get", "put", "post", "delete", "patch");

  private final JsonNode document;
  private final List<String> faults = new ArrayList<>();

  private ContractLaws(JsonNode document) {
    this.document = document;
  }

  /** All that breaks a law, with the place where it does. */
  static List<String> faults(JsonNode document) {
    ContractLaws laws = new ContractLaws(document);
    if (laws.referencesLeadSomewhere()) {
      laws.checkInfo();
      laws.checkOperations();
      laws.checkComponents();
    }
    return laws.faults;
  }

  private void checkInfo() {
    for (String field : List.of("title", "version", "description", "contact", "license")) {
      require(!document.path("info").path(field).isMissingNode(), "info has no " + field);
    }
    require(!document.path("servers").isEmpty(), "no servers");
    document
        .path("tags")
        .forEach(tag -> requireText(tag, "description", "tag " + tag.path("name")));
  }

  private void checkOperations() {
    Set<String> tags = new HashSet<>(document.path("tags").findValuesAsText("name"));
    for (var path : document.path("paths").properties()) {
      for (var verb : path.getValue().properties()) {
        if (VERBS.contains(verb.getKey())) {
          check(verb.getKey() + " " + path.getKey(), verb.getValue(), tags);
        }
      }
    }
  }

  private void check(String name, JsonNode operation, Set<String> tags) {
    requireText(operation, "summary", name);
    requireText(operation, "description", name);
    requireText(operation, "operationId", name);
    require(!operation.path("tags").isEmpty(), name + " has no tags");
    operation
        .path("tags")
        .forEach(tag -> require(tags.contains(tag.asText()), name + " has the unknown tag " + tag));
    operation
        .path("parameters")
        .forEach(
            parameter ->
                requireText(resolve(parameter), "description", name + " parameter " + parameter));
    operation
        .path("requestBody")
        .path("content")
        .forEach(body -> examples(body, name + " request"));
    boolean success = false;
    for (var response : operation.path("responses").properties()) {
      success |= response.getKey().startsWith("2") || response.getKey().startsWith("3");
      resolve(response.getValue())
          .path("content")
          .forEach(body -> examples(body, name + " " + response.getKey()));
    }
    require(success, name + " never succeeds");
  }

  /** Each body has an example at least, and each of them fits the schema. */
  private void examples(JsonNode body, String name) {
    Map<String, JsonNode> examples = new LinkedHashMap<>();
    if (body.has("example")) {
      examples.put("example", body.get("example"));
    }
    for (var named : body.path("examples").properties()) {
      requireText(named.getValue(), "summary", name + " example " + named.getKey());
      examples.put(named.getKey(), named.getValue().path("value"));
    }
    require(!examples.isEmpty(), name + " has no example");
    examples.forEach(
        (example, value) ->
            ContractAnswers.faults(document, body.path("schema"), value)
                .forEach(misfit -> faults.add(name + " " + example + ": " + misfit)));
  }

  private void checkComponents() {
    Set<String> used = new HashSet<>(document.findValuesAsText("$ref"));
    for (var kind : document.path("components").properties()) {
      for (var component : kind.getValue().properties()) {
        String pointer = "#/components/" + kind.getKey() + "/" + component.getKey();
        boolean wanted = used.contains(pointer) || kind.getKey().equals("securitySchemes");
        require(wanted, pointer + " is used nowhere");
      }
    }
    for (var schema : document.findParents("type")) {
      JsonNode type = schema.path("type");
      boolean array = type.asText().equals("array") || type.toString().contains("\"array\"");
      require(!array || schema.has("items"), "an array has no items: " + schema);
    }
  }

  private boolean referencesLeadSomewhere() {
    List<String> lost =
        document.findValuesAsText("$ref").stream()
            .filter(reference -> document.at(reference.substring(1)).isMissingNode())
            .toList();
    lost.forEach(reference -> faults.add(reference + " leads nowhere"));
    return lost.isEmpty();
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  private void requireText(JsonNode node, String field, String name) {
    require(!node.path(field).asText().isBlank(), name + " has no " + field);
  }

  private void require(boolean kept, String fault) {
    if (!kept) {
      faults.add(fault);
    }
  }
}
