package io.streamforge.camel.contract;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * A limit of exchanges under way at once. It does what the throttle EIP does for concurrent
 * requests, whose definition Camel cannot write as XML: a console then shows no route at all.
 */
public final class Places {
  private final Semaphore free;

  /**
   * @param most how many exchanges there may be at once, at least 1
   */
  public Places(int most) {
    this.free = new Semaphore(most);
  }

  /**
   * Takes a place, which is free again when the exchange has ended.
   *
   * @throws RejectedExecutionException when all are taken
   */
  public void take(Exchange exchange) {
    if (!free.tryAcquire()) {
      throw new RejectedExecutionException("all places are taken");
    }
    exchange
        .getExchangeExtension()
        .addOnCompletion(
            new SynchronizationAdapter() {
              @Override
              public void onDone(Exchange done) {
                free.release();
              }
            });
  }
}
