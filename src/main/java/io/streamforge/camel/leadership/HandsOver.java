package io.streamforge.camel.leadership;

/**
 * A bean that works on what other processes can go on with: it is told when this one is about to
 * stop, while all routes still run.
 */
public interface HandsOver {
  /** Lets go of all work, and takes up no more; returns when others can have it, or in a moment. */
  void handOver() throws InterruptedException;
}
