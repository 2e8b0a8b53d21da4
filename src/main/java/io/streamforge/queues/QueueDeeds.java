package io.streamforge.queues;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about a queue in a given state at a given time.
 *
 * <p>Told from the stored state alone, so that whoever runs finds it again after a crash; it stays
 * due until an observation shows that it is done.
 */
public final class QueueDeeds {
  private final Waits waits;

  /** Deeds under these waits. */
  public QueueDeeds(Waits waits) {
    this.waits = waits;
  }

  /** All that is due now, in the order in which to do it. */
  public List<Deed> due(QueueState queue, Instant now) {
    List<Deed> deeds = new ArrayList<>();
    if (stopIsDue(queue)) {
      deeds.add(new Deed.SendStop());
    }
    for (StepState step : queue.steps()) {
      if (step.job().phase().isLive()) {
        String reason = reasonToDelete(queue, step, now);
        if (reason != null) {
          deeds.add(new Deed.DeleteJob(step.number(), reason));
        } else if (launchIsDue(queue, step)) {
          deeds.add(new Deed.Launch(step.number()));
        }
      }
    }
    return deeds;
  }

  static boolean launchIsDue(QueueState queue, StepState step) {
    return step.job().phase() == JobPhase.ASKED
        && !step.status().isFinal()
        && queue.stopRequestedAt() == null;
  }

  private static boolean stopIsDue(QueueState queue) {
    Instant sent = queue.stopSentAt();
    if (queue.stopRequestedAt() != null) {
      boolean somebodyListens = queue.steps().stream().anyMatch(QueueDeeds::works);
      return somebodyListens && (sent == null || sent.isBefore(queue.stopRequestedAt()));
    }
    return drainsByStop(queue)
        && queue.steps().stream()
            .filter(QueueDeeds::works)
            .anyMatch(step -> sent == null || sent.isBefore(step.drainAskedAt()));
  }

  /**
   * A stop message reaches every worker of the queue, so it may drain only when all that run are to
   * end.
   */
  private static boolean drainsByStop(QueueState queue) {
    List<StepState> running = queue.steps().stream().filter(QueueDeeds::works).toList();
    return !running.isEmpty() && running.stream().allMatch(step -> step.drainAskedAt() != null);
  }

  private static boolean works(StepState step) {
    return !step.status().isFinal() && step.job().phase().isLive();
  }

  private @Nullable String reasonToDelete(QueueState queue, StepState step, Instant now) {
    return switch (step.status()) {
      case FINISHED -> {
        Instant ended = step.finishedAt() == null ? queue.updatedAt() : step.finishedAt();
        yield now.isBefore(ended.plus(waits.witnessGrace()))
            ? null
            : "deleted its job, which goes on though its worker has finished";
      }
      case STOPPED, ERROR -> "deleted its job, so that no retry runs on";
      case PENDING, LOADING -> reasonToEnd(queue, step, now);
      case STOPPING -> throw new IllegalStateException("a step is never stopping");
    };
  }

  private @Nullable String reasonToEnd(QueueState queue, StepState step, Instant now) {
    Instant stop = queue.stopRequestedAt();
    if (stop != null) {
      return now.isBefore(stop.plus(waits.stopGrace()))
          ? null
          : "deleted its job, since its worker did not end within " + waits.stopGrace();
    }
    Instant drain = step.drainAskedAt();
    if (drain == null) {
      return null;
    }
    if (!drainsByStop(queue)) {
      return "deleted its job, since a stop message would reach the other workers too";
    }
    return now.isBefore(drain.plus(waits.stopGrace()))
        ? null
        : "deleted its job, since its worker did not end within " + waits.stopGrace();
  }
}
