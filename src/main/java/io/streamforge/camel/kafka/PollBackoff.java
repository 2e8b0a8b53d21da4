package io.streamforge.camel.kafka;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.camel.component.kafka.PollExceptionStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the Kafka consumers of a context do when a poll fails (wrong password, revoked right, broken
 * broker): pause, try again, never give up. One instance serves all consumers; what it knows of
 * each, it knows by the consumer's thread.
 */
public final class PollBackoff implements PollExceptionStrategy {

  /**
   * A consumer that cannot poll.
   *
   * @param consumer the name of its thread, which names its topic
   * @param since when its first poll in a row failed
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

  // Camel asks canContinue after a failure, before the loop, before the next poll and after it.
  private static final int QUESTIONS_UNTIL_POLLED = 4;

  private final Duration pause;
  private final Clock clock;
  private final ConcurrentMap<Thread, Failing> failing = new ConcurrentHashMap<>();
  private final ConcurrentMap<Thread, Boolean> dropped = new ConcurrentHashMap<>();

  private record Failing(Failure failure, int questions) {}

  public PollBackoff(Duration pause) {
    this(pause, Clock.systemUTC());
  }

  PollBackoff(Duration pause, Clock clock) {
    if (pause.isNegative() || pause.isZero()) {
      throw new IllegalArgumentException("pause must be positive: " + pause);
    }
    this.pause = pause;
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The consumer that has been failing for longest; empty when all can poll. */
  public Optional<Failure> failure() {
    forgetEndedThreads();
    return failing.values().stream()
        .map(Failing::failure)
        .min(Comparator.comparing(Failure::since));
  }

  /**
   * Whether a poll of the calling thread's consumer failed: a batching consumer then dropped what
   * it had polled before, and a commit of what it polls next would skip that.
   */
  boolean droppedRecords() {
    return dropped.containsKey(Thread.currentThread());
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
    dropped.put(thread, true);
    failing.merge(
        thread,
        new Failing(new Failure(thread.getName(), clock.instant(), error), 0),
        (before, now) ->
            new Failing(new Failure(thread.getName(), before.failure().since(), error), 0));
    LOG.warn("A poll of Kafka failed, the next try is in {} ms: {}", pause.toMillis(), "" + error);
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException stopping) {
      thread.interrupt();
    }
  }

  private void forgetEndedThreads() {
    failing.keySet().removeIf(thread -> !thread.isAlive());
    dropped.keySet().removeIf(thread -> !thread.isAlive());
  }
}
