package io.streamforge.camel.llm;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.io.EofSensorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Gives a connection up, from another thread, when the next word has been waited for too long:
 * neither a server that sends blanks to keep its line alive nor one that dribbles gets more time.
 */
final class Patience implements AutoCloseable {
  private final InputStream body;
  private final ScheduledExecutorService clock;
  private volatile boolean over;
  private long deadline;
  private @Nullable ScheduledFuture<?> watch;

  Patience(InputStream body, ScheduledExecutorService clock, Duration first) {
    this.body = body;
    this.clock = clock;
    await(first);
  }

  /** From now on the next word may take that long. */
  synchronized void await(Duration patience) {
    deadline = System.nanoTime() + patience.toNanos();
    boolean awakeInTime =
        watch != null && watch.getDelay(TimeUnit.NANOSECONDS) <= patience.toNanos();
    if (!awakeInTime) {
      unwatch();
      look();
    }
  }

  /** Whether it was given up. */
  boolean isOver() {
    return over;
  }

  private synchronized void look() {
    long left = deadline - System.nanoTime();
    if (left > 0) {
      watch = clock.schedule(this::look, left, TimeUnit.NANOSECONDS);
    } else {
      over = true;
      abort();
    }
  }

  private void unwatch() {
    if (watch != null) {
      watch.cancel(false);
    }
  }

  /** Ends the connection, whatever is still to come: to close the body would read all of that. */
  private void abort() {
    try {
      if (body instanceof EofSensorInputStream sensor) {
        sensor.abort();
      } else {
        body.close();
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  @Override
  public synchronized void close() {
    unwatch();
    try {
      abort();
    } catch (UncheckedIOException broken) {
      // It is over either way.
    }
  }
}
