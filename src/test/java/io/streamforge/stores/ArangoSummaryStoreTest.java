package io.streamforge.stores;

import io.streamforge.arango.ArangoDouble;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * A server with ArangoDB's API keeps the contract of summaries, as {@link ArangoStoreTest} has it.
 */
class ArangoSummaryStoreTest extends SummaryStoreContractTest {
  private static @Nullable ArangoDouble server;
  private final String database = "test_" + UUID.randomUUID().toString().replace('-', '_');

  @BeforeAll
  static void startServer() {
    if (System.getenv("ARANGO_TEST_URL") == null) {
      server = new ArangoDouble();
    }
  }

  @AfterAll
  static void stopServer() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  Store start() {
    return ArangoStoreTest.start(server, database);
  }
}
