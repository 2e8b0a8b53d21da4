package io.streamforge.queues;

import io.streamforge.queues.QueueDraft.Cause;
import java.time.Instant;
import java.util.List;

/**
 * Which step's launch is due: data names order a queue, and a loader waits for those who read its
 * topic.
 */
final class LaunchOrder {
  private static final Cause CLOCK = new Cause("queue", "timer");
  private final Waits waits;

  LaunchOrder(Waits waits) {
    this.waits = waits;
  }

  /**
   * Marks every step whose launch is due; repeated until no step is, since some go together with
   * their sources.
   */
  void decide(QueueDraft queue, Instant now) {
    boolean again = true;
    while (again) {
      again = false;
      for (StepDraft step : queue.steps) {
        if (step.job.phase() == JobPhase.NONE && !step.isFinal() && isDue(queue, step, now)) {
          step.job = step.job.asked(now);
          again = true;
        }
      }
    }
  }

  private boolean isDue(QueueDraft queue, StepDraft step, Instant now) {
    if (waits.launchTogether()) {
      return true;
    }
    return switch (step.role()) {
      case CONNECTOR -> true;
      case LOADER -> readersAreThere(queue, step, now);
      case PROCESSOR -> sourcesAllow(queue, step);
    };
  }

  private static boolean sourcesAllow(QueueDraft queue, StepDraft step) {
    return step.sources().stream()
        .map(queue::step)
        .allMatch(
            source ->
                step.endless()
                    ? source.job.phase() != JobPhase.NONE
                    : source.status == Status.FINISHED);
  }

  private boolean readersAreThere(QueueDraft queue, StepDraft loader, Instant now) {
    List<StepDraft> missing =
        queue.steps.stream()
            .filter(step -> step.role() == Role.CONNECTOR)
            .filter(step -> step.sources().contains(loader.number()))
            .filter(step -> step.job.phase().compareTo(JobPhase.RUNNING) < 0)
            .toList();
    if (missing.isEmpty()) {
      return true;
    }
    for (StepDraft reader : missing) {
      Instant created = reader.job.createdAt();
      if (created == null || now.isBefore(created.plus(waits.connectorWait()))) {
        return false;
      }
    }
    String late = String.join(", ", missing.stream().map(StepDraft::title).toList());
    String message = "launched though " + late + " did not start within " + waits.connectorWait();
    queue.note(loader, CLOCK, message, now);
    return true;
  }
}
