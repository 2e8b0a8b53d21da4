package io.streamforge.workers;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.streamforge.queues.JobPhase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a job is, as it is stored: a worker that is started anew goes on from here.
 *
 * @param worker the process that runs, or ran, the worker; null before the first one
 * @param attempts how many workers the job has had
 * @param positions topic to the next offset of each of its partitions, of the topics it reads
 * @param records how many records are made, or counted by a connector
 * @param highestNumbers source to the highest number of its records that a connector has counted
 * @param pacedFrom when the present worker started
 * @param pacedRecords how many records there were then
 * @param reportedAt when the present worker spoke last, null before its first word
 * @param reportedRecords how many records it named then
 * @param lastWords what it still has to say before it ends; empty while it works
 * @param reason why it failed, in words
 * @param log the last lines of the workers' log
 * @param deleteRequested whether the job is to go, or is gone
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Progress(
    JobPhase phase,
    @Nullable String worker,
    int attempts,
    Map<String, List<Long>> positions,
    long records,
    Map<String, Long> highestNumbers,
    @Nullable Instant pacedFrom,
    long pacedRecords,
    @Nullable Instant reportedAt,
    long reportedRecords,
    boolean badRecordSeen,
    List<WorkerWord> lastWords,
    @Nullable String reason,
    List<String> log,
    boolean deleteRequested) {

  /** Of a job that no worker has begun. */
  static final Progress NONE =
      new Progress(
          JobPhase.CREATED,
          null,
          0,
          Map.of(),
          0,
          Map.of(),
          null,
          0,
          null,
          0,
          false,
          List.of(),
          null,
          List.of(),
          false);

  Progress {
    requireNonNull(phase, "phase is null");
    positions = Map.copyOf(positions);
    highestNumbers = Map.copyOf(highestNumbers);
    lastWords = List.copyOf(lastWords);
    log = List.copyOf(log);
  }

  /** The same, asked to go; a worker that lives is ended by whoever runs it. */
  Progress withDeleteRequested() {
    ProgressDraft draft = new ProgressDraft(this);
    draft.deleteRequested = true;
    return draft.freeze();
  }

  /** Of a job that is gone. */
  Progress gone() {
    ProgressDraft draft = new ProgressDraft(this);
    draft.deleteRequested = true;
    draft.phase = JobPhase.GONE;
    return draft.freeze();
  }
}
