package io.streamforge.camel.arango;

import static java.util.stream.Collectors.toSet;

import com.arangodb.ArangoDBException;
import com.arangodb.Request;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.StreamSupport;

/**
 * Makes a database with its collections and indexes, whatever of them is missing.
 *
 * <p>The file lists collections; each has {@code options}, the body of {@code POST
 * /_api/collection}, and {@code indexes}, bodies of {@code POST /_api/index}. A collection that is
 * there keeps its options, an index of the same definition is left alone. What is there is asked
 * for first: usually it is all of it.
 */
public final class ArangoSchema {
  private static final int DUPLICATE_NAME = 1207;
  private static final int DATABASE_NOT_FOUND = 1228;

  private final ArangoServer server;
  private final String database;
  private final JsonNode collections;
  private final ReentrantLock making = new ReentrantLock();
  private volatile boolean made;

  /**
   * @param resource on the classpath, YAML
   */
  public ArangoSchema(ArangoServer server, String database, String resource) {
    this.server = server;
    this.database = database;
    try (InputStream in = ArangoSchema.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no resource " + resource);
      }
      this.collections = new ObjectMapper(new YAMLFactory()).readTree(in).path("collections");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes what is missing, once; it is asked before every statement.
   *
   * @throws ArangoDBException when the server cannot be reached, or does not allow it
   */
  public void ensure() throws InterruptedException {
    if (made) {
      return;
    }
    if (!making.tryLock(server.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
      throw new ArangoDBException("its collections are still being looked for");
    }
    try {
      if (!made) {
        server.ensureLogin();
        Set<String> present = present();
        collections
            .properties()
            .forEach(
                entry -> make(entry.getKey(), entry.getValue(), present.contains(entry.getKey())));
        made = true;
      }
    } finally {
      making.unlock();
    }
  }

  /** The server has lost something, perhaps everything: all of it is looked for again. */
  void forget() {
    made = false;
  }

  /** The collections that are there; the database is made when it is not. */
  private Set<String> present() {
    try {
      return StreamSupport.stream(
              ask(Request.Method.GET, database, "/_api/collection", Map.of("excludeSystem", "true"))
                  .path("result")
                  .spliterator(),
              false)
          .map(collection -> collection.path("name").asText())
          .collect(toSet());
    } catch (ArangoDBException e) {
      if (!hasNumber(e, DATABASE_NOT_FOUND)) {
        throw e;
      }
      tolerant("_system", "/_api/database", Map.of("name", database));
      return Set.of();
    }
  }

  private void make(String collection, JsonNode description, boolean present) {
    Set<JsonNode> indexes = new HashSet<>();
    if (present) {
      ask(Request.Method.GET, database, "/_api/index", Map.of("collection", collection))
          .path("indexes")
          .forEach(index -> indexes.add(definition(index)));
    } else {
      Map<String, Object> body = new LinkedHashMap<>(Map.of("name", collection));
      description.path("options").properties().forEach(o -> body.put(o.getKey(), o.getValue()));
      tolerant(database, "/_api/collection", body);
    }
    for (JsonNode index : description.path("indexes")) {
      if (!indexes.contains(definition(index))) {
        post(database, "/_api/index", Map.of("collection", collection), index);
      }
    }
  }

  /** What makes two indexes the same to the server, whatever they are called. */
  private static JsonNode definition(JsonNode index) {
    ObjectNode definition = JsonNodeFactory.instance.objectNode();
    definition.set("type", index.path("type"));
    definition.set("fields", index.path("fields"));
    definition.put("unique", index.path("unique").asBoolean());
    return definition.put("sparse", index.path("sparse").asBoolean());
  }

  /** What is there already is as good as made; another process may have been faster. */
  private void tolerant(String where, String path, Object body) {
    try {
      post(where, path, Map.of(), body);
    } catch (ArangoDBException e) {
      if (!hasNumber(e, DUPLICATE_NAME)) {
        throw e;
      }
    }
  }

  private void post(String where, String path, Map<String, String> query, Object body) {
    ask(Request.builder().method(Request.Method.POST).body(body), where, path, query);
  }

  private JsonNode ask(
      Request.Method method, String where, String path, Map<String, String> query) {
    return ask(Request.builder().method(method), where, path, query);
  }

  private JsonNode ask(
      Request.Builder<Object> request, String where, String path, Map<String, String> query) {
    Request<Object> built = request.db(where).path(path).queryParams(query).build();
    return server.client().execute(built, JsonNode.class).getBody();
  }

  private static boolean hasNumber(ArangoDBException failure, int number) {
    return failure.getErrorNum() != null && failure.getErrorNum() == number;
  }
}
