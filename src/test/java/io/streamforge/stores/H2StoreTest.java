package io.streamforge.stores;

import java.util.Map;

/** The embedded database keeps the contract. */
class H2StoreTest extends StoreContractTest {

  @Override
  Store start() {
    return new Store("h2", Map.of("data.dir", folder.toString()));
  }

  @Override
  void empty() {
    store.execute(
        "DELETE FROM queue; DELETE FROM queue_label; DELETE FROM queue_tally; DELETE FROM job");
  }
}
