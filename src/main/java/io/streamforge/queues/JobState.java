package io.streamforge.queues;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
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
 * @param stopAskedAt when it was first decided that its worker is to end
 * @param deleteAskedAt when it was first asked to be deleted by us
 * @param overAt when it was first seen to be over
 * @param attempts how many workers it has started, 0 when unknown
 * @param reason why it ended, or why its worker does not start, in words; null when it did well or
 *     runs
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonIgnoreProperties(value = "ending", allowGetters = true)
public record JobState(
    JobPhase phase,
    @Nullable Instant askedAt,
    @Nullable Instant createdAt,
    @Nullable Instant podStartedAt,
    @Nullable Instant stopAskedAt,
    @Nullable Instant deleteAskedAt,
    @Nullable Instant overAt,
    int attempts,
    @Nullable String reason) {

  /** No job yet. */
  public static final JobState NONE =
      new JobState(JobPhase.NONE, null, null, null, null, null, null, 0, null);

  public JobState {
    requireNonNull(phase, "phase is null");
  }

  /**
   * How far its end is: {@code asked} to end, being {@code deleted}, {@code ended by itself} or
   * {@code gone}, which says that no worker of it lives; null while nobody wants its end.
   */
  @JsonProperty
  public @Nullable String ending() {
    return switch (phase) {
      case GONE -> "gone";
      case COMPLETE, FAILED -> "ended by itself";
      case ASKED, CREATED, RUNNING ->
          deleteAskedAt != null ? "deleted" : stopAskedAt != null ? "asked" : null;
      case NONE -> null;
    };
  }

  JobState asked(Instant at) {
    return new JobState(JobPhase.ASKED, at, null, null, null, null, null, 0, null);
  }

  JobState created(Instant at) {
    return new JobState(
        forward(JobPhase.CREATED),
        askedAt,
        first(createdAt, at),
        podStartedAt,
        stopAskedAt,
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
        stopAskedAt,
        deleteAskedAt,
        overAt,
        Math.max(attempts, seenAttempts),
        phase.isOver() ? reason : null);
  }

  /** Its worker does not start: only where the job is not over that is still of interest. */
  JobState waiting(@Nullable String why) {
    return phase.isOver() || why == null
        ? this
        : new JobState(
            phase,
            askedAt,
            createdAt,
            podStartedAt,
            stopAskedAt,
            deleteAskedAt,
            overAt,
            attempts,
            why);
  }

  JobState stopAsked(Instant at) {
    return phase.isLive()
        ? new JobState(
            phase,
            askedAt,
            createdAt,
            podStartedAt,
            first(stopAskedAt, at),
            deleteAskedAt,
            overAt,
            attempts,
            reason)
        : this;
  }

  /** It was taken for gone, and is there: whatever was done about it is to be done again. */
  JobState back(JobPhase seen, Instant at) {
    return new JobState(
        seen, askedAt, first(createdAt, at), podStartedAt, stopAskedAt, null, null, attempts, null);
  }

  JobState deleteAsked(Instant at) {
    return new JobState(
        phase,
        askedAt,
        createdAt,
        podStartedAt,
        stopAskedAt,
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
        stopAskedAt,
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
