package io.streamforge.workers;

import static java.util.Objects.requireNonNull;

import io.streamforge.queues.JobPhase;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A worker that makes its data up: what it does in a turn depends on its job's document, the time
 * and what was heard, and on nothing else.
 *
 * <p>What others rely on is stored one turn before it is said: a connector's position before {@code
 * started}, the end of the work before {@code finished}. So a worker that is started anew misses
 * nothing and never begins again after its last word.
 */
public final class SyntheticWorker {
  private final WorkerPace pace;
  private final SyntheticData data;

  /** A worker of this pace. */
  public SyntheticWorker(WorkerPace pace) {
    this.pace = pace;
    data = new SyntheticData(pace);
  }

  /** Whether this process has yet to start the job's worker: its topics are then needed. */
  static boolean starts(JobDocument job, String owner) {
    Progress progress = job.progress();
    return !progress.deleteRequested()
        && progress.lastWords().isEmpty()
        && !owner.equals(progress.worker());
  }

  /** The turn in which the worker starts: it is known to run from the next turn on. */
  Turn start(JobDocument job, String owner, Map<String, List<Long>> ends, Instant now) {
    Assignment assignment = assignment(job);
    ProgressDraft draft = new ProgressDraft(job.progress());
    draft.worker = owner;
    draft.attempts++;
    draft.phase = JobPhase.RUNNING;
    draft.pacedFrom = now;
    draft.pacedRecords = draft.records;
    draft.reportedAt = null;
    for (String topic : assignment.topicsRead()) {
      draft.positions.computeIfAbsent(
          topic, name -> requireNonNull(ends.get(name), () -> "no end is known of " + name));
    }
    draft.log(
        now,
        "INFO",
        "worker %d starts at record %d; its data is synthetic"
            .formatted(draft.attempts, draft.records));
    return new Turn(job.with(draft.freeze()), List.of(), List.of());
  }

  /** Any other turn. */
  Turn advance(JobDocument job, Heard heard, Instant now) {
    Progress progress = job.progress();
    if (progress.deleteRequested()) {
      return new Turn(job.with(progress.gone()), List.of(), List.of());
    }
    Shift shift = new Shift(job, now, pace, data);
    if (!progress.lastWords().isEmpty()) {
      return shift.sayLastWords();
    }
    return progress.reportedAt() == null ? shift.sayStarted() : shift.work(heard);
  }

  private static Assignment assignment(JobDocument job) {
    return requireNonNull(job.assignment(), "a job without an assignment is never run");
  }
}
