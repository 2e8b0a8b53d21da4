package io.streamforge.stores;

import java.util.Map;

/** The embedded database keeps the contract of summaries. */
class H2SummaryStoreTest extends SummaryStoreContractTest {

  @Override
  Store start() {
    return new Store("h2", Map.of("data.dir", folder.toString()));
  }
}
