package io.streamforge.camel.llm;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the questions of many callers to one server: a few at a time, in the order in which they
 * came; again after a failure that may pass; and none at all for a while after too many of those.
 */
public final class LlmDesk {
  private static final Logger LOG = LoggerFactory.getLogger(LlmDesk.class);

  private final Server server;
  private final Limits limits;
  private final LlmMeters meters;
  private final Clock clock;
  private final Semaphore turns;
  private final CircuitBreaker breaker;
  private final Retry retry;
  private volatile Instant opened = Instant.EPOCH;
  private volatile String lastFailure = "";

  /** What is asked: one try. */
  @FunctionalInterface
  public interface Server {
    /** Asks once. */
    LlmAnswer ask(LlmQuestion question) throws Exception;
  }

  /**
   * How hard is tried.
   *
   * @param concurrency how many questions at the same time
   * @param retries how often a question is asked again
   * @param delay the wait before that, twice as long each time, with jitter
   * @param longestDelay the longest such wait; who is told to wait for longer gives up at once
   * @param failures after how many failures in a row nothing is asked
   * @param pause for how long
   */
  public record Limits(
      int concurrency,
      int retries,
      Duration delay,
      Duration longestDelay,
      int failures,
      Duration pause) {}

  public LlmDesk(Server server, Limits limits, LlmMeters meters, Clock clock) {
    this.server = server;
    this.limits = limits;
    this.meters = meters;
    this.clock = clock;
    turns = new Semaphore(limits.concurrency(), true);
    breaker = CircuitBreaker.of("llm", breakerConfig(limits));
    retry = Retry.of("llm", retryConfig(limits));
    breaker
        .getEventPublisher()
        .onError(event -> lastFailure = String.valueOf(event.getThrowable().getMessage()))
        .onStateTransition(event -> moved(event.getStateTransition().getToState()));
  }

  private static CircuitBreakerConfig breakerConfig(Limits limits) {
    return CircuitBreakerConfig.custom()
        .slidingWindowSize(limits.failures())
        .minimumNumberOfCalls(limits.failures())
        .failureRateThreshold(100)
        .permittedNumberOfCallsInHalfOpenState(1)
        .waitDurationInOpenState(limits.pause())
        .recordException(LlmAwayException.class::isInstance)
        // An answer may take its time: only failures count, which slow ones are by default.
        .slowCallDurationThreshold(Duration.ofDays(1))
        .build();
  }

  private static RetryConfig retryConfig(Limits limits) {
    IntervalFunction growing =
        IntervalFunction.ofExponentialRandomBackoff(
            limits.delay(), 2.0, 0.5, limits.longestDelay());
    return RetryConfig.custom()
        .maxAttempts(limits.retries() + 1)
        .retryOnException(failure -> isPassing(failure, limits.longestDelay()))
        .intervalBiFunction(
            (attempt, failed) -> Math.max(growing.apply(attempt), toldToWait(failed.getLeft())))
        .build();
  }

  private static boolean isPassing(Throwable failure, Duration longest) {
    return failure instanceof LlmAwayException
        && !(failure.getCause() instanceof CallNotPermittedException)
        && toldToWait(failure) <= longest.toMillis();
  }

  private static long toldToWait(Throwable failure) {
    return failure instanceof LlmAwayException away
        ? away.retryAfter().map(Duration::toMillis).orElse(0L)
        : 0L;
  }

  /**
   * Waits for its turn, and asks; it keeps its turn while it waits to ask again, which spares a
   * server that has trouble.
   *
   * @throws LlmAwayException when that came to nothing: to come back later may help
   * @throws LlmRefusedException when the server refuses, at once
   */
  public LlmAnswer consult(LlmQuestion question) throws Exception {
    try {
      turns.acquire();
    } catch (InterruptedException gaveUp) {
      Thread.currentThread().interrupt();
      throw new LlmAwayException("The wait for the model was ended", Optional.empty(), gaveUp);
    }
    try {
      return meters.timed(() -> retry.executeCallable(() -> once(question)));
    } finally {
      turns.release();
    }
  }

  private LlmAnswer once(LlmQuestion question) throws Exception {
    try {
      return breaker.executeCallable(() -> server.ask(question));
    } catch (CallNotPermittedException open) {
      Duration left = Duration.between(clock.instant(), opened.plus(limits.pause()));
      throw new LlmAwayException(
          "The model is left alone after "
              + limits.failures()
              + " failures in a row: "
              + lastFailure,
          Optional.of(left.isNegative() ? Duration.ZERO : left),
          open);
    }
  }

  private void moved(State state) {
    if (state == State.OPEN) {
      opened = clock.instant();
      LOG.warn(
          "The model is left alone for {} s after {} failures in a row: {}",
          limits.pause().toMillis() / 1000.0,
          limits.failures(),
          lastFailure);
    } else if (state == State.CLOSED) {
      LOG.info("The model answers again");
    }
  }
}
