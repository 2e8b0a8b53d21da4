package io.streamforge.camel.arango;

import com.arangodb.ArangoDBException;
import com.arangodb.Request;
import com.arangodb.util.RawJson;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Makes a database with its collections and indexes, whatever of them is missing.
 *
 * <p>The file lists collections; each has {@code options}, the body of {@code POST
 * /_api/collection}, and {@code indexes}, bodies of {@code POST /_api/index}. A collection that is
 * there keeps its options, an index of the same definition is left alone.
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
        collections.properties().forEach(entry -> make(entry.getKey(), entry.getValue()));
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

  private void make(String collection, JsonNode description) {
    try {
      create(collection, description.path("options"));
    } catch (ArangoDBException e) {
      if (!hasNumber(e, DATABASE_NOT_FOUND)) {
        throw e;
      }
      tolerant("_system", "/_api/database", null, Map.of("name", database));
      create(collection, description.path("options"));
    }
    for (JsonNode index : description.path("indexes")) {
      post(database, "/_api/index", collection, index);
    }
  }

  private void create(String collection, JsonNode options) {
    Map<String, Object> body = new java.util.LinkedHashMap<>(Map.of("name", collection));
    options.properties().forEach(option -> body.put(option.getKey(), option.getValue()));
    tolerant(database, "/_api/collection", null, body);
  }

  /** What is there already is as good as made; another process may have been faster. */
  private void tolerant(String where, String path, @Nullable String collection, Object body) {
    try {
      post(where, path, collection, body);
    } catch (ArangoDBException e) {
      if (!hasNumber(e, DUPLICATE_NAME)) {
        throw e;
      }
    }
  }

  private void post(String where, String path, @Nullable String collection, Object body) {
    Request.Builder<Object> request =
        Request.builder().db(where).method(Request.Method.POST).path(path).body(body);
    if (collection != null) {
      request.queryParam("collection", collection);
    }
    server.client().execute(request.build(), RawJson.class);
  }

  private static boolean hasNumber(ArangoDBException failure, int number) {
    return failure.getErrorNum() != null && failure.getErrorNum() == number;
  }
}
