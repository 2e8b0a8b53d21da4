package io.streamforge.stores;

import static java.util.Objects.requireNonNullElse;

import io.streamforge.arango.ArangoDouble;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/**
 * A server with ArangoDB's API keeps the contract: the double, or the one at {@code
 * ARANGO_TEST_URL} with {@code ARANGO_TEST_USER} and {@code ARANGO_TEST_PASSWORD}, each test in a
 * database of its own.
 */
class ArangoStoreTest extends StoreContractTest {
  private static final @Nullable String URL = System.getenv("ARANGO_TEST_URL");
  private static @Nullable ArangoDouble server;

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  @Override
  Store start() {
    if (server == null && URL == null) {
      server = new ArangoDouble();
    }
    return start(server, newDatabase());
  }

  @Override
  void empty() {
    if (server != null) {
      server.wipe();
    } else {
      store.close();
      store = start();
    }
  }

  static String newDatabase() {
    return "test_" + UUID.randomUUID().toString().replace('-', '_');
  }

  /** A store in that database of the double, or of the server at {@code ARANGO_TEST_URL}. */
  static Store start(@Nullable ArangoDouble server, String database) {
    return server != null
        ? new Store(
            "arangodb", settings(server.url(), database, ArangoDouble.USER, ArangoDouble.PASSWORD))
        : new Store(
            "arangodb",
            settings(
                requireNonNullElse(URL, ""),
                database,
                requireNonNullElse(System.getenv("ARANGO_TEST_USER"), ""),
                requireNonNullElse(System.getenv("ARANGO_TEST_PASSWORD"), "")));
  }

  static Map<String, String> settings(String url, String database, String user, String password) {
    return Map.of(
        "arango.url", url,
        "arango.db", database,
        "arango.user", user,
        "arango.password", password);
  }
}
