package io.streamforge.stores;

import java.util.Map;

/** The embedded database keeps the contract. */
class H2StoreTest extends StoreContractTest {

  @Override
  Store start() {
    return new Store("h2", Map.of("data.dir", folder.toString()));
  }

  /** What it remembers of labels would not be there any more: it starts on a file of its own. */
  @Override
  void empty() {
    store.close();
    folder = folder.resolveSibling(folder.getFileName() + "-next");
    store = start();
  }
}
