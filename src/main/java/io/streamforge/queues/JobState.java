package io.streamforge.queues;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a step's job.
 *
 * @param askedAt when its launch was decided
 * @param createdAt when it was known to exist
 * @param podStartedAt when its worker was first known to run
 * @param deleteAskedAt when it was first asked to be deleted by us
 * @param overAt when it was first seen to be over
 * @param attempts how many workers it has started, 0 when unknown
 * @param reason why it ended, in words; null when it did well or still runs
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record JobState(
    JobPhase phase,
    @Nullable Instant askedAt,
    @Nullable Instant createdAt,
    @Nullable Instant podStartedAt,
    @Nullable Instant deleteAskedAt,
    @Nullable Instant overAt,
    int attempts,
    @Nullable String reason) {

  /** No job yet. */
  public static final JobState NONE =
      new JobState(JobPhase.NONE, null, null, null, null, null, 0, null);

  public JobState {
    requireNonNull(phase, "phase is null");
  }

  JobState asked(Instant at) {
    return new JobState(JobPhase.ASKED, at, null, null, null, null, 0, null);
  }

  JobState created(Instant at) {
    return new JobState(
        forward(JobPhase.CREATED),
        askedAt,
        first(createdAt, at),
        podStartedAt,
        deleteAskedAt,
        overAt,
        attempts,
        reason);
  }

  JobState running(Instant at, int seenAttempts) {
    return new JobState(
        forward(JobPhase.RUNNING),
        askedAt,
        first(createdAt, at),
        first(podStartedAt, at),
        deleteAskedAt,
        overAt,
        Math.max(attempts, seenAttempts),
        reason);
  }

  JobState deleteAsked(Instant at) {
    return new JobState(
        phase,
        askedAt,
        createdAt,
        podStartedAt,
        first(deleteAskedAt, at),
        overAt,
        attempts,
        reason);
  }

  /**
   * The first end that is seen stays: a finished job that is tidied away later has not vanished.
   */
  JobState over(JobPhase end, Instant at, int seenAttempts, @Nullable String why) {
    if (phase.isOver()) {
      return this;
    }
    return new JobState(
        end,
        askedAt,
        createdAt,
        podStartedAt,
        deleteAskedAt,
        at,
        Math.max(attempts, seenAttempts),
        why);
  }

  private JobPhase forward(JobPhase next) {
    return next.compareTo(phase) > 0 ? next : phase;
  }

  private static Instant first(@Nullable Instant known, Instant at) {
    return known == null ? at : known;
  }
}
