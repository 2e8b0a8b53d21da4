package io.streamforge.queues;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a launcher shows of a job.
 *
 * @param phase {@link JobPhase#CREATED} while no worker runs, {@link JobPhase#RUNNING}, {@link
 *     JobPhase#COMPLETE}, {@link JobPhase#FAILED}, or {@link JobPhase#GONE} when neither the job
 *     nor a worker of it is there
 * @param attempts how many workers the job has started, 0 when unknown
 * @param reason why it failed, or why its worker does not start, in words
 * @param logTail the end of the failed worker's log
 * @param waitingSince since when a worker of it is to start and does not, null when none waits
 */
public record JobReport(
    JobRef job,
    JobPhase phase,
    int attempts,
    @Nullable String reason,
    @Nullable String logTail,
    @Nullable Instant waitingSince) {

  /** A report of a job none of whose workers waits to be started. */
  public JobReport(
      JobRef job, JobPhase phase, int attempts, @Nullable String reason, @Nullable String logTail) {
    this(job, phase, attempts, reason, logTail, null);
  }
}
