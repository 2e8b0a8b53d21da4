package io.streamforge.arango;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Documents by key, and what must be unique among them. A copy of it is a state to go back to. */
final class StoredCollection {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_:.@()+,=;$!*'%-]{1,254}");

  private final String name;
  private final Map<String, ObjectNode> documents;
  private final List<UniqueIndex> unique;
  private final List<JsonNode> indexes;

  /** An index that refuses a second document of the same values. */
  private record UniqueIndex(
      String name, List<String> fields, boolean sparse, Map<List<JsonNode>, String> keys) {

    UniqueIndex copy() {
      return new UniqueIndex(name, fields, sparse, new HashMap<>(keys));
    }

    /** Null: the document is not in the index. */
    @Nullable List<JsonNode> values(ObjectNode document) {
      List<JsonNode> values =
          fields.stream().map(field -> document.at("/" + field.replace('.', '/'))).toList();
      boolean missing = values.stream().anyMatch(v -> v.isNull() || v.isMissingNode());
      return sparse && missing ? null : values;
    }

    void remove(ObjectNode document) {
      List<JsonNode> values = values(document);
      if (values != null) {
        keys.remove(values);
      }
    }

    void check(ObjectNode document) {
      List<JsonNode> values = values(document);
      String key = document.path("_key").asText();
      if (values != null && !keys.getOrDefault(values, key).equals(key)) {
        throw new ArangoError(
            409,
            1210,
            "unique constraint violated - in index " + name + " of type persistent over " + fields);
      }
    }

    void add(ObjectNode document) {
      List<JsonNode> values = values(document);
      if (values != null) {
        keys.put(values, document.path("_key").asText());
      }
    }
  }

  StoredCollection(String name) {
    this(name, new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());
  }

  private StoredCollection(
      String name,
      Map<String, ObjectNode> documents,
      List<UniqueIndex> unique,
      List<JsonNode> indexes) {
    this.name = name;
    this.documents = documents;
    this.unique = unique;
    this.indexes = indexes;
  }

  StoredCollection copy() {
    return new StoredCollection(
        name,
        new LinkedHashMap<>(documents),
        new ArrayList<>(unique.stream().map(UniqueIndex::copy).toList()),
        new ArrayList<>(indexes));
  }

  Collection<ObjectNode> documents() {
    return documents.values();
  }

  List<JsonNode> indexes() {
    return indexes;
  }

  boolean contains(String key) {
    return documents.containsKey(key);
  }

  ObjectNode get(String key) {
    ObjectNode document = documents.get(key);
    if (document == null) {
      throw new ArangoError(404, 1202, "document not found");
    }
    return document;
  }

  ObjectNode insert(ObjectNode document, String revision) {
    JsonNode key = document.path("_key");
    if (!key.isTextual() || !KEY.matcher(key.textValue()).matches()) {
      throw new ArangoError(400, 1221, "illegal document key");
    }
    if (contains(key.textValue())) {
      throw new ArangoError(
          409,
          1210,
          "unique constraint violated - in index primary of type primary over '_key'; conflicting key: "
              + key.textValue());
    }
    return put(key.textValue(), document, revision);
  }

  ObjectNode replace(String key, ObjectNode document, String revision) {
    get(key);
    return put(key, document, revision);
  }

  ObjectNode remove(String key) {
    ObjectNode old = get(key);
    documents.remove(key);
    unique.forEach(index -> index.remove(old));
    return old;
  }

  private ObjectNode put(String key, ObjectNode document, String revision) {
    ObjectNode written = JsonNodeFactory.instance.objectNode();
    written.put("_key", key).put("_id", name + "/" + key).put("_rev", revision);
    document
        .properties()
        .forEach(
            member -> {
              if (!List.of("_key", "_id", "_rev").contains(member.getKey())) {
                written.set(member.getKey(), member.getValue());
              }
            });
    unique.forEach(index -> index.check(written));
    ObjectNode old = documents.put(key, written);
    for (UniqueIndex index : unique) {
      if (old != null) {
        index.remove(old);
      }
      index.add(written);
    }
    return written;
  }

  void dropIndex(String index) {
    if (!indexes.removeIf(each -> each.path("name").asText().equals(index))) {
      throw new ArangoError(404, 1212, "index not found");
    }
    unique.removeIf(each -> each.name().equals(index));
  }

  /** Tells whether it is new; one of the same definition is left as it is. */
  boolean index(ObjectNode definition) {
    if (!definition.path("type").asText().equals("persistent")
        || !(definition.path("fields") instanceof ArrayNode fields)
        || fields.isEmpty()) {
      throw new ArangoError(400, 10, "bad parameter: invalid index definition");
    }
    if (indexes.contains(definition)) {
      return false;
    }
    if (definition.path("unique").asBoolean()) {
      List<String> paths = new ArrayList<>();
      fields.forEach(field -> paths.add(field.asText()));
      UniqueIndex index =
          new UniqueIndex(
              definition.path("name").asText(),
              paths,
              definition.path("sparse").asBoolean(),
              new HashMap<>());
      for (ObjectNode document : documents.values()) {
        index.check(document);
        index.add(document);
      }
      unique.add(index);
    }
    indexes.add(definition);
    return true;
  }
}
