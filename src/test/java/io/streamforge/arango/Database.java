package io.streamforge.arango;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.arango.aql.Documents;
import io.streamforge.arango.aql.Statement;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collections by name. Statements run one after the other, each wholly or not at all. */
final class Database {
  private Map<String, StoredCollection> collections = new HashMap<>();
  private long revisions;

  synchronized void create(String name) {
    if (!name.matches("[A-Za-z][A-Za-z0-9_-]{0,255}")) {
      throw new ArangoError(400, 1208, "illegal name: " + name);
    }
    if (collections.containsKey(name)) {
      throw new ArangoError(409, 1207, "duplicate name: " + name);
    }
    collections.put(name, new StoredCollection(name));
  }

  /** As {@code GET /_api/collection} lists them, without those of the system. */
  synchronized ArrayNode collections() {
    ArrayNode shown = JsonNodeFactory.instance.arrayNode();
    collections
        .keySet()
        .forEach(
            name ->
                shown
                    .addObject()
                    .put("id", Integer.toString(Math.abs(name.hashCode())))
                    .put("name", name)
                    .put("status", 3)
                    .put("type", 2)
                    .put("isSystem", false)
                    .put("globallyUniqueId", "h/" + name));
    return shown;
  }

  /** As {@code GET /_api/index} shows them: that of the keys first, and each with all it has. */
  synchronized void showIndexes(String collection, ObjectNode answer) {
    StoredCollection of = find(collections, collection);
    ArrayNode shown = answer.putArray("indexes");
    ObjectNode identifiers = answer.putObject("identifiers");
    shown
        .addObject()
        .put("id", collection + "/0")
        .put("name", "primary")
        .put("selectivityEstimate", 1)
        .put("sparse", false)
        .put("type", "primary")
        .put("unique", true)
        .putArray("fields")
        .add("_key");
    for (JsonNode index : of.indexes()) {
      shown
          .addObject()
          .put("cacheEnabled", false)
          .put("deduplicate", true)
          .put("estimates", true)
          .put("id", collection + "/" + (shown.size() + 1))
          .put("name", index.path("name").asText())
          .put("sparse", index.path("sparse").asBoolean())
          .put("type", index.path("type").asText())
          .put("unique", index.path("unique").asBoolean())
          .set("fields", index.path("fields"));
    }
    shown.forEach(index -> identifiers.set(index.path("id").asText(), index));
  }

  synchronized boolean index(String collection, ObjectNode definition) {
    return find(collections, collection).index(definition);
  }

  synchronized List<JsonNode> indexes(String collection) {
    return List.copyOf(find(collections, collection).indexes());
  }

  synchronized void drop(String collection) {
    find(collections, collection);
    collections.remove(collection);
  }

  synchronized void dropIndex(String collection, String index) {
    find(collections, collection).dropIndex(index);
  }

  synchronized List<ObjectNode> documents(String collection) {
    return List.copyOf(find(collections, collection).documents());
  }

  synchronized List<JsonNode> run(Statement statement) {
    Map<String, StoredCollection> changed = new HashMap<>();
    List<JsonNode> rows = statement.run(new Transaction(changed));
    collections.putAll(changed);
    return rows;
  }

  private static StoredCollection find(Map<String, StoredCollection> all, String name) {
    StoredCollection collection = all.get(name);
    if (collection == null) {
      throw ArangoError.collectionNotFound(name);
    }
    return collection;
  }

  /** Reads what was there at its begin; what it writes goes to copies. */
  private final class Transaction implements Documents {
    private final Map<String, StoredCollection> changed;

    Transaction(Map<String, StoredCollection> changed) {
      this.changed = changed;
    }

    @Override
    public Collection<ObjectNode> read(String collection) {
      return find(collections, collection).documents();
    }

    @Override
    public ObjectNode insert(String collection, ObjectNode document) {
      return writable(collection).insert(document, revision());
    }

    @Override
    public boolean contains(String collection, String key) {
      return writable(collection).contains(key);
    }

    @Override
    public ObjectNode current(String collection, String key) {
      return writable(collection).get(key);
    }

    @Override
    public ObjectNode replace(String collection, String key, ObjectNode document) {
      return writable(collection).replace(key, document, revision());
    }

    @Override
    public ObjectNode remove(String collection, String key) {
      return writable(collection).remove(key);
    }

    private StoredCollection writable(String name) {
      return changed.computeIfAbsent(name, any -> find(collections, any).copy());
    }

    private String revision() {
      return "_r" + Long.toString(++revisions, Character.MAX_RADIX);
    }
  }
}
