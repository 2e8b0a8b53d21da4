package io.streamforge;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Something the service cannot do without: whether it is there, since when, and what it last
 * lacked.
 */
final class Dependency {
  private final String name;
  private final Check check;
  private final UnaryOperator<String> mask;
  private final Clock clock;
  private @Nullable CompletableFuture<Void> look;
  private State state;

  /** Fails with the reason when the dependency is not there. */
  @FunctionalInterface
  interface Check {
    /** Returns when the dependency is there. */
    void run() throws Exception;
  }

  /** What was last wrong with it, masked, and when. */
  record Trouble(Instant at, String message) {
    Trouble {
      requireNonNull(at, "at is null");
      requireNonNull(message, "message is null");
    }
  }

  /**
   * What is known of it.
   *
   * @param since since when it has been there, or away
   * @param trouble what it is away for; when it is there, what it was away for before
   */
  record State(boolean up, Instant since, Optional<Trouble> trouble) {
    State {
      requireNonNull(since, "since is null");
      requireNonNull(trouble, "trouble is null");
      if (!up && trouble.isEmpty()) {
        throw new IllegalArgumentException("what is away is so for a reason");
      }
    }
  }

  /**
   * @param mask takes secrets out of what the check fails with
   */
  Dependency(String name, Check check, UnaryOperator<String> mask, Clock clock) {
    this.name = requireNonNull(name, "name is null");
    this.check = requireNonNull(check, "check is null");
    this.mask = requireNonNull(mask, "mask is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.state = new State(true, clock.instant(), Optional.empty());
  }

  String name() {
    return name;
  }

  /** What was last seen of it. */
  synchronized State state() {
    return state;
  }

  /** Begins to look, unless somebody is looking: a check that hangs is not asked twice. */
  synchronized CompletableFuture<Void> look(Executor workers) {
    if (look == null || look.isDone()) {
      look = CompletableFuture.runAsync(this::run, workers);
    }
    return look;
  }

  private void run() {
    try {
      check.run();
      settle(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      settle("the check was interrupted");
    } catch (Exception e) {
      settle(reason(e));
    }
  }

  /** Waits for the look; what has not answered until then counts as away. */
  State await(CompletableFuture<Void> begun, Duration patience) throws InterruptedException {
    try {
      begun.get(Math.max(0, patience.toMillis()), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      synchronized (this) {
        if (state.up() && !begun.isDone()) {
          settle("it does not answer in time");
        }
      }
    } catch (ExecutionException e) {
      settle(reason(e));
    }
    return state();
  }

  private synchronized void settle(@Nullable String reason) {
    Instant now = clock.instant();
    boolean up = reason == null;
    state =
        new State(
            up,
            up == state.up() ? state.since() : now,
            reason == null ? state.trouble() : Optional.of(new Trouble(now, mask.apply(reason))));
  }

  /**
   * Messages of ours say it all; of what libraries wrap in layers, the innermost says most, with
   * the name of its kind where it is but a word.
   */
  private static String reason(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof IllegalStateException)) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    return message.contains(" ") ? message : cause.getClass().getSimpleName() + ": " + message;
  }
}
