package io.streamforge.queues;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One worker run of a queue.
 *
 * @param number from 1, in the order of the request
 * @param endless whether it runs until it is stopped
 * @param image the container image of its job; empty when none is configured
 * @param sources the numbers of the steps whose data it reads
 * @param recordsWritten the greatest number that its worker has reported
 * @param badRecords how many single records its worker could not use
 * @param lastRecordAt when {@code recordsWritten} last grew
 * @param interruptedAt when its worker said that it was interrupted though nobody had asked for it
 * @param drainAskedAt when it was told to end because nothing more can come from its sources
 * @param podLogTail the end of its worker's log, when it failed
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record StepState(
    int number,
    String target,
    String type,
    Role role,
    boolean endless,
    String jobName,
    String kafkaTopic,
    String collectionName,
    String telemetryId,
    String image,
    StepFields fields,
    List<Integer> sources,
    Status status,
    long recordsWritten,
    long badRecords,
    @Nullable String errorMessage,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant lastSeenAt,
    @Nullable Instant lastRecordAt,
    @Nullable Instant interruptedAt,
    @Nullable Instant drainAskedAt,
    @Nullable String podLogTail,
    JobState job) {

  public StepState {
    requireNonNull(target, "target is null");
    requireNonNull(type, "type is null");
    requireNonNull(status, "status is null");
    requireNonNull(job, "job is null");
    sources = List.copyOf(sources);
  }

  StepState withSources(List<Integer> numbers) {
    return new StepState(
        number,
        target,
        type,
        role,
        endless,
        jobName,
        kafkaTopic,
        collectionName,
        telemetryId,
        image,
        fields,
        numbers,
        status,
        recordsWritten,
        badRecords,
        errorMessage,
        startedAt,
        finishedAt,
        lastSeenAt,
        lastRecordAt,
        interruptedAt,
        drainAskedAt,
        podLogTail,
        job);
  }

  /** How people are told which step is meant. */
  @JsonIgnore
  public String title() {
    return "step " + number + " (" + target + ")";
  }

  /** Whether a worker of it may live or may still be started. */
  @JsonIgnore
  public boolean isLive() {
    return !status.isFinal() || job.phase().isLive();
  }
}
