package io.streamforge.stores;

import io.streamforge.arango.ArangoDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/**
 * A server with ArangoDB's API keeps the contract of summaries, as {@link ArangoStoreTest} has it.
 */
class ArangoSummaryStoreTest extends SummaryStoreContractTest {
  private static @Nullable ArangoDouble server;
  private String database = ArangoStoreTest.newDatabase();

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  @Override
  Store start() {
    if (server == null && System.getenv("ARANGO_TEST_URL") == null) {
      server = new ArangoDouble();
    }
    return ArangoStoreTest.start(server, database);
  }

  @Override
  void empty() {
    if (server != null) {
      server.wipe();
    } else {
      store.close();
      database = ArangoStoreTest.newDatabase();
      store = start();
    }
  }
}
