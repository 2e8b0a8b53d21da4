package io.streamforge.queues;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something that was seen or asked of one queue; the only thing that can change it. */
public sealed interface Observation {

  /** When it was seen; for display and waits, never for order. */
  Instant at();

  /** What a worker's message says of its step. */
  enum Word {
    LOADING,
    FINISHED,
    INTERRUPTED,
    ERROR,
    /** One record could not be used; the worker goes on. */
    BAD_RECORD
  }

  /**
   * A message of a step's worker.
   *
   * @param records how many records it reports, null when it says nothing of it
   * @param lastLoadedTimestamp the worker's own field of that name
   * @param explanation what it says went wrong
   */
  record Reported(
      int step,
      Word word,
      @Nullable Long records,
      @Nullable String lastLoadedTimestamp,
      @Nullable String explanation,
      Origin origin,
      Instant at)
      implements Observation {}

  /** A message for the queue that no step can be found for. */
  record Unattributed(String summary, Origin origin, Instant at) implements Observation {}

  /** Somebody asks the queue to stop. */
  record StopAsked(String by, String channel, Instant at) implements Observation {}

  /** The step's job exists. */
  record JobCreated(int step, Instant at) implements Observation {}

  /** The step's job will never exist. */
  record JobRefused(int step, String reason, Instant at) implements Observation {}

  /**
   * What the cluster shows of a step's job.
   *
   * @param phase {@link JobPhase#CREATED}, {@link JobPhase#RUNNING}, {@link JobPhase#COMPLETE},
   *     {@link JobPhase#FAILED}, or {@link JobPhase#GONE} when there is neither a job nor a worker
   *     of it
   * @param attempts how many workers the job has started, 0 when unknown
   * @param at from before the cluster was asked
   */
  record JobSeen(
      int step,
      JobPhase phase,
      int attempts,
      @Nullable String reason,
      @Nullable String logTail,
      Instant at)
      implements Observation {}

  /**
   * A worker of the step's job is to start and does not.
   *
   * @param since when it was first to start
   * @param reason why it does not, in words; null when nobody says
   */
  record JobWaits(int step, Instant since, @Nullable String reason, Instant at)
      implements Observation {}

  /** The stop message went out. */
  record StopSent(Instant at) implements Observation {}

  /** The step's job was asked to be deleted. */
  record JobDeleteAsked(int step, String reason, Instant at) implements Observation {}

  /**
   * Time has passed.
   *
   * @param telemetryReadUntil up to when all telemetry that was sent is known to be stored, null
   *     when unknown
   */
  record Tick(@Nullable Instant telemetryReadUntil, Instant at) implements Observation {}

  /**
   * Where a message stood: the topic with its partition, as {@code queue-events-0}, and the offset
   * there.
   */
  record Origin(String topicPartition, long offset) {}
}
