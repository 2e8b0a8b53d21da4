package io.streamforge.camel.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The OpenAPI document that several files make together: paths, components and tags of all. */
final class ContractDocument {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();

  private final ObjectNode root = JsonNodeFactory.instance.objectNode();
  private final ContractOutlines outlines = new ContractOutlines();

  private ContractDocument() {}

  /** What is not merged, such as {@code info}, is the first file's. */
  static ContractDocument read(List<Path> files) {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("a contract needs at least one OpenAPI file");
    }
    var whole = new ContractDocument();
    for (Path file : files) {
      try {
        var document = parse(file);
        whole.outlines.add(file, document);
        merge(whole.root, document, "");
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
      }
    }
    return whole;
  }

  JsonNode root() {
    return root;
  }

  ContractOutlines outlines() {
    return outlines;
  }

  byte[] json() {
    return StrictJson.write(root);
  }

  byte[] yaml() {
    try {
      return YAML.writeValueAsBytes(root);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("A tree of JSON cannot be written as YAML", e);
    }
  }

  private static ObjectNode parse(Path file) {
    try {
      if (YAML.readTree(Files.readAllBytes(file)) instanceof ObjectNode object
          && object.path("openapi").asText().startsWith("3.1")) {
        return object;
      }
      throw new IllegalArgumentException("not an OpenAPI 3.1 document");
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not YAML: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read: " + e, e);
    }
  }

  private static void merge(ObjectNode into, ObjectNode more, String at) {
    for (var entry : more.properties()) {
      var name = entry.getKey();
      var value = entry.getValue();
      var present = into.get(name);
      var pointer = at + "/" + name;
      if (present == null) {
        into.set(name, value);
      } else if (present instanceof ObjectNode one
          && value instanceof ObjectNode other
          && mergeable(pointer)) {
        merge(one, other, pointer);
      } else if (present instanceof ArrayNode one && value instanceof ArrayNode other) {
        one.addAll(other);
      } else if (!at.isEmpty() && !present.equals(value)) {
        throw new IllegalArgumentException(pointer + " is already in another file");
      }
    }
  }

  private static boolean mergeable(String pointer) {
    return pointer.equals("/paths")
        || pointer.equals("/components")
        || pointer.matches("/components/[^/]+");
  }
}
