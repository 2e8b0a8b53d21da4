package io.streamforge.camel.kafka;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.component.kafka.PollExceptionStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the Kafka consumers of a context do when a poll fails (wrong password, revoked right, broken
 * record): pause, start over, never give up. One instance serves all consumers; what it knows of
 * each, it knows by the consumer's thread.
 */
public final class PollBackoff implements PollExceptionStrategy {

  /**
   * A consumer that cannot poll.
   *
   * @param consumer the name of its thread, which names its topic
   * @param since when the first poll of this row failed
   * @param error what the last one failed with
   */
  public record Failure(String consumer, Instant since, Exception error) {
    public Failure {
      requireNonNull(consumer, "consumer is null");
      requireNonNull(since, "since is null");
      requireNonNull(error, "error is null");
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(PollBackoff.class);

  // Camel asks canContinue after a failure, before the loop, before the next poll, and after it.
  private static final int QUESTIONS_UNTIL_POLLED = 4;

  private final Duration pause;
  private final ConcurrentMap<Thread, Failing> failing = new ConcurrentHashMap<>();
  private final ConcurrentMap<Thread, Runnable> waysBack = new ConcurrentHashMap<>();
  private final Set<Thread> dropped = ConcurrentHashMap.newKeySet();

  private record Failing(Failure failure, int questions) {}

  /**
   * @param pause how long a consumer waits after a failed poll
   */
  public PollBackoff(Duration pause) {
    if (pause.isNegative() || pause.isZero()) {
      throw new IllegalArgumentException("pause must be positive: " + pause);
    }
    this.pause = pause;
  }

  /** The consumer that has been failing for longest; empty when all can poll. */
  public Optional<Failure> failure() {
    forgetEndedThreads();
    return failing.values().stream()
        .map(Failing::failure)
        .min(Comparator.comparing(Failure::since));
  }

  /**
   * Tells how the calling thread's consumer goes back to what it has committed. It has to after a
   * failed poll, since camel-kafka then drops what a batching consumer had polled before.
   */
  void onFailure(Runnable goBackToCommitted) {
    forgetEndedThreads();
    waysBack.put(Thread.currentThread(), goBackToCommitted);
  }

  /** Tells that the calling thread's consumer keeps its place after a failed poll. */
  void keepPlaceOnFailure() {
    waysBack.remove(Thread.currentThread());
  }

  /**
   * Whether the calling thread's consumer is beyond records that were dropped: a commit of what it
   * polls next would skip them.
   */
  boolean droppedRecords() {
    return dropped.contains(Thread.currentThread());
  }

  @Override
  public void reset() {
    dropped.remove(Thread.currentThread());
  }

  @Override
  public boolean canContinue() {
    failing.computeIfPresent(
        Thread.currentThread(),
        (thread, before) ->
            before.questions() + 1 < QUESTIONS_UNTIL_POLLED
                ? new Failing(before.failure(), before.questions() + 1)
                : null);
    return true;
  }

  @Override
  public void handle(long partitionLastOffset, Exception error) {
    Thread thread = Thread.currentThread();
    forgetEndedThreads();
    failing.merge(
        thread,
        new Failing(new Failure(thread.getName(), Instant.now(), error), 0),
        (first, now) ->
            new Failing(new Failure(thread.getName(), first.failure().since(), error), 0));
    LOG.warn("A poll of Kafka failed, the next is in {} ms: {}", pause.toMillis(), "" + error);
    goBack(thread);
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException stopping) {
      thread.interrupt();
    }
  }

  private void goBack(Thread thread) {
    dropped.add(thread);
    Runnable goBackToCommitted = waysBack.get(thread);
    if (goBackToCommitted == null) {
      return;
    }
    try {
      goBackToCommitted.run();
      dropped.remove(thread);
    } catch (RuntimeException failure) {
      LOG.warn("A Kafka consumer cannot go back to its last commit: {}", "" + failure);
    }
  }

  private void forgetEndedThreads() {
    failing.keySet().removeIf(thread -> !thread.isAlive());
    waysBack.keySet().removeIf(thread -> !thread.isAlive());
    dropped.removeIf(thread -> !thread.isAlive());
  }
}
