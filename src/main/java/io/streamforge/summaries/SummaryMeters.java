package io.streamforge.summaries;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** The meters of requests for summaries; the names are part of the contract. */
public final class SummaryMeters {
  private final Supplier<MeterRegistry> registry;

  /**
   * @param registry that of the moment: a reload of routes makes a new one
   */
  public SummaryMeters(Supplier<MeterRegistry> registry) {
    this.registry = registry;
  }

  /**
   * Counts a request that has come to its end, and how long it took: until somebody worked on it,
   * and, where there is a summary, until that had arrived.
   */
  void ended(Summary summary) {
    Counter.builder("summary.requests")
        .description("Requests for summaries that have come to their end")
        .tags("trigger", summary.trigger().word(), "outcome", summary.state().word())
        .register(registry.get())
        .increment();
    if (summary.startedAt() != null) {
      time("queue", Duration.between(summary.createdAt(), summary.startedAt()));
    }
    if (summary.state() == SummaryState.FINISHED && summary.finishedAt() != null) {
      time("total", Duration.between(summary.createdAt(), summary.finishedAt()));
    }
  }

  private void time(String stage, Duration duration) {
    Timer.builder("summary.duration").tag("stage", stage).register(registry.get()).record(duration);
  }
}
