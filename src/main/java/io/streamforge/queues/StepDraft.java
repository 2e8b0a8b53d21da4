package io.streamforge.queues;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step's state while the rule works on it. */
final class StepDraft {
  private final StepState base;
  Status status;
  long records;
  long badRecords;
  @Nullable String errorMessage;
  @Nullable Instant startedAt;
  @Nullable Instant finishedAt;
  @Nullable Instant lastSeenAt;
  @Nullable Instant lastRecordAt;
  @Nullable Instant interruptedAt;
  @Nullable Instant drainAskedAt;
  @Nullable String podLogTail;
  JobState job;

  StepDraft(StepState base) {
    this.base = base;
    status = base.status();
    records = base.recordsWritten();
    badRecords = base.badRecords();
    errorMessage = base.errorMessage();
    startedAt = base.startedAt();
    finishedAt = base.finishedAt();
    lastSeenAt = base.lastSeenAt();
    lastRecordAt = base.lastRecordAt();
    interruptedAt = base.interruptedAt();
    drainAskedAt = base.drainAskedAt();
    podLogTail = base.podLogTail();
    job = base.job();
  }

  int number() {
    return base.number();
  }

  Role role() {
    return base.role();
  }

  boolean endless() {
    return base.endless();
  }

  List<Integer> sources() {
    return base.sources();
  }

  String title() {
    return base.title();
  }

  String telemetryId() {
    return base.telemetryId();
  }

  boolean isFinal() {
    return status.isFinal();
  }

  StepState freeze() {
    return new StepState(
        base.number(),
        base.target(),
        base.type(),
        base.role(),
        base.endless(),
        base.jobName(),
        base.kafkaTopic(),
        base.collectionName(),
        base.telemetryId(),
        base.image(),
        base.fields(),
        base.sources(),
        status,
        records,
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
}
