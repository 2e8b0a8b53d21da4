package io.streamforge.queues;

import io.streamforge.queues.Observation.JobCreated;
import io.streamforge.queues.Observation.JobDeleteAsked;
import io.streamforge.queues.Observation.JobRefused;
import io.streamforge.queues.Observation.JobSeen;
import io.streamforge.queues.Observation.JobWaits;
import io.streamforge.queues.Observation.Origin;
import io.streamforge.queues.Observation.Reported;
import io.streamforge.queues.Observation.StopAsked;
import io.streamforge.queues.Observation.StopSent;
import io.streamforge.queues.Observation.Tick;
import io.streamforge.queues.Observation.Unattributed;
import io.streamforge.queues.QueueDraft.Cause;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which state may follow which: the one place where a queue changes.
 *
 * <p>A pure, total function: {@link #apply} takes every observation in every state, in any order
 * and multiplicity. What is to be done about the outcome is told by {@link QueueDeeds}.
 */
public final class QueueRule {
  private static final Cause CLUSTER = new Cause("launcher", "cluster");
  private final Waits waits;
  private final LaunchOrder launchOrder;
  private final Masking masking;

  /** A rule with these waits, under which only what looks like a secret is masked. */
  public QueueRule(Waits waits) {
    this(waits, new Masking(List.of()));
  }

  /** A rule with these waits; what others say goes through the mask before people see it. */
  public QueueRule(Waits waits, Masking masking) {
    this.waits = waits;
    this.masking = masking;
    this.launchOrder = new LaunchOrder(waits);
  }

  /**
   * The state after the observations: the very same object when they change nothing, else the next
   * version.
   */
  public QueueState apply(QueueState state, List<? extends Observation> observations) {
    QueueDraft queue = new QueueDraft(state, masking);
    Instant at = state.updatedAt();
    for (Observation observation : observations) {
      observe(queue, observation);
      settle(queue, observation.at());
      at = observation.at().isAfter(at) ? observation.at() : at;
    }
    return queue.freeze(at);
  }

  private void observe(QueueDraft queue, Observation observation) {
    if (observation instanceof Reported reported) {
      hear(queue, reported);
    } else if (observation instanceof Unattributed stray) {
      if (count(queue, stray.origin())) {
        queue.note(null, new Cause("unknown worker", "telemetry"), stray.summary(), stray.at());
      }
    } else if (observation instanceof StopAsked stop) {
      ask(queue, stop);
    } else if (observation instanceof JobCreated created) {
      StepDraft step = queue.step(created.step());
      if (step.job.createdAt() == null) {
        returned(queue, step, JobPhase.CREATED, created.at());
      }
      step.job = step.job.created(created.at());
    } else if (observation instanceof JobRefused refused) {
      refuse(queue, refused);
    } else if (observation instanceof JobSeen seen) {
      see(queue, queue.step(seen.step()), seen);
    } else if (observation instanceof JobWaits waiting) {
      await(queue, queue.step(waiting.step()), waiting);
    } else if (observation instanceof StopSent sent) {
      queue.note(null, new Cause("queue", "kafka"), "told its workers to stop", sent.at());
      queue.stopSentAt = sent.at();
    } else if (observation instanceof JobDeleteAsked deletion) {
      StepDraft step = queue.step(deletion.step());
      if (step.job.deleteAskedAt() == null) {
        queue.note(step, CLUSTER, deletion.reason(), deletion.at());
        step.job = step.job.deleteAsked(deletion.at());
      }
    } else if (observation instanceof Tick tick) {
      pass(queue, tick);
    } else {
      throw new IllegalStateException("an observation without a rule: " + observation);
    }
  }

  /**
   * Counts a message once, however often it is delivered; tells whether this was the first time.
   */
  private static boolean count(QueueDraft queue, Origin origin) {
    Long next = queue.telemetryOffsets.get(origin.topicPartition());
    if (next != null && origin.offset() < next) {
      return false;
    }
    queue.telemetryOffsets.put(origin.topicPartition(), origin.offset() + 1);
    queue.telemetryMessages++;
    return true;
  }

  private static void hear(QueueDraft queue, Reported reported) {
    StepDraft step = queue.step(reported.step());
    boolean first = count(queue, reported.origin());
    if (first) {
      step.lastSeenAt = latest(step.lastSeenAt, reported.at());
    }
    if (!step.isFinal()) {
      step.job = step.job.running(reported.at(), 0);
    }
    grow(queue, step, reported);
    Cause cause = new Cause(step.telemetryId(), "telemetry");
    switch (reported.word()) {
      case LOADING -> load(queue, step, cause, reported.at());
      case BAD_RECORD -> {
        load(queue, step, cause, reported.at());
        if (first) {
          step.badRecords++;
          queue.note(step, cause, "could not use a record: " + said(reported), reported.at());
        }
      }
      case INTERRUPTED -> interrupt(queue, step, cause, reported.at());
      case FINISHED -> {
        boolean echo = step.interruptedAt != null && !toldToEnd(queue, step);
        if (!echo) {
          end(queue, step, Status.FINISHED, cause, "said that it has finished", reported.at());
        }
      }
      case ERROR -> fail(queue, step, cause, said(reported), reported.at());
    }
  }

  private static String said(Reported reported) {
    return reported.explanation() == null ? "it did not say why" : reported.explanation();
  }

  private static void grow(QueueDraft queue, StepDraft step, Reported reported) {
    boolean loader = step.role() == Role.LOADER;
    if (reported.records() != null && reported.records() > step.records) {
      step.records = reported.records();
      step.lastRecordAt = latest(step.lastRecordAt, reported.at());
      if (loader && reported.lastLoadedTimestamp() == null) {
        queue.lastLoaded(reported.at());
      }
    }
    if (reported.lastLoadedTimestamp() != null) {
      queue.lastLoaded(reported.lastLoadedTimestamp());
    }
  }

  private static void load(QueueDraft queue, StepDraft step, Cause cause, Instant at) {
    if (step.status == Status.PENDING) {
      step.startedAt = at;
      queue.become(step, Status.LOADING, cause, "is at work", at);
    }
  }

  private static void interrupt(QueueDraft queue, StepDraft step, Cause cause, Instant at) {
    if (step.isFinal()) {
      return;
    }
    if (toldToEnd(queue, step)) {
      end(queue, step, Status.STOPPED, cause, "said that it was interrupted", at);
    } else if (step.interruptedAt == null) {
      load(queue, step, cause, at);
      step.interruptedAt = at;
      queue.note(step, cause, "said that it was interrupted, though nobody had asked", at);
    }
  }

  private static boolean toldToEnd(QueueDraft queue, StepDraft step) {
    return queue.stopRequestedAt != null || step.drainAskedAt != null;
  }

  private static void fail(QueueDraft queue, StepDraft step, Cause cause, String said, Instant at) {
    if (step.isFinal()) {
      return;
    }
    String message = queue.mask(said);
    if (step.drainAskedAt == null) {
      step.errorMessage = message;
      if (queue.errorMessage == null) {
        queue.errorMessage = step.title() + ": " + message;
      }
    }
    end(queue, step, Status.ERROR, cause, "failed: " + message, at);
  }

  /** A step that was drained has done all that there was to do, whatever word it ends with. */
  private static void end(
      QueueDraft queue, StepDraft step, Status word, Cause cause, String message, Instant at) {
    if (step.isFinal()) {
      return;
    }
    Status end = step.drainAskedAt == null ? word : Status.FINISHED;
    step.finishedAt = at;
    queue.become(step, end, cause, message, at);
    compareWitnesses(queue, step, at);
  }

  private static void ask(QueueDraft queue, StopAsked stop) {
    if (queue.status != Status.PENDING && queue.status != Status.LOADING) {
      return;
    }
    queue.become(
        Status.STOPPING, new Cause(stop.by(), stop.channel()), "stop was asked", stop.at());
    endAll(queue, stop.at());
  }

  /**
   * From here on every step is to end: those never launched have, the interrupted ones need not be
   * waited for.
   */
  private static void endAll(QueueDraft queue, Instant at) {
    if (queue.stopRequestedAt != null) {
      return;
    }
    queue.stopRequestedAt = at;
    for (StepDraft step : queue.steps) {
      step.job = step.job.stopAsked(at);
      if (step.job.phase() == JobPhase.NONE) {
        end(queue, step, Status.STOPPED, new Cause("queue", "timer"), "was never launched", at);
      } else if (step.interruptedAt != null) {
        Cause cause = new Cause(step.telemetryId(), "telemetry");
        end(queue, step, Status.STOPPED, cause, "had been interrupted before", at);
      }
    }
  }

  private static void refuse(QueueDraft queue, JobRefused refused) {
    StepDraft step = queue.step(refused.step());
    if (step.job.phase().compareTo(JobPhase.ASKED) > 0) {
      return;
    }
    step.job = step.job.over(JobPhase.GONE, refused.at(), 0, queue.mask(refused.reason()));
    fail(queue, step, CLUSTER, refused.reason(), refused.at());
  }

  private void see(QueueDraft queue, StepDraft step, JobSeen seen) {
    switch (seen.phase()) {
      case NONE, ASKED -> {}
      case CREATED -> {
        returned(queue, step, JobPhase.CREATED, seen.at());
        step.job = step.job.created(seen.at());
      }
      case RUNNING -> {
        returned(queue, step, JobPhase.RUNNING, seen.at());
        step.job = step.job.running(seen.at(), seen.attempts());
        load(queue, step, CLUSTER, seen.at());
      }
      case COMPLETE, FAILED -> {
        over(queue, step, seen);
        if (step.podLogTail == null) {
          step.podLogTail = seen.logTail() == null ? null : masking.mask(seen.logTail());
        }
      }
      case GONE -> {
        if (step.job.phase().isLive() && !mayStillAppear(step, seen.at())) {
          over(queue, step, seen);
        }
      }
    }
  }

  private static void over(QueueDraft queue, StepDraft step, JobSeen seen) {
    if (step.job.phase().isOver()) {
      return;
    }
    String reason = seen.reason() == null ? null : queue.mask(seen.reason());
    step.job = step.job.over(seen.phase(), seen.at(), seen.attempts(), reason);
    if (toldToEnd(queue, step) || step.job.deleteAskedAt() != null) {
      String end =
          seen.phase() == JobPhase.GONE
              ? "its job is gone, no worker of it lives"
              : "its job ended by itself";
      queue.note(step, CLUSTER, end, seen.at());
    }
    compareWitnesses(queue, step, seen.at());
  }

  /** A launch that came late may bring back a job that was taken for gone; it has to go again. */
  private static void returned(QueueDraft queue, StepDraft step, JobPhase phase, Instant at) {
    Instant gone = step.job.overAt();
    if (step.job.phase() == JobPhase.GONE && gone != null && at.isAfter(gone)) {
      queue.note(step, CLUSTER, "its job is there though it was taken for gone", at);
      step.job = step.job.back(phase, at);
    }
  }

  /** Said once, by whichever of the two comes later. */
  private static void compareWitnesses(QueueDraft queue, StepDraft step, Instant at) {
    if (!step.isFinal() || toldToEnd(queue, step) || step.job.deleteAskedAt() != null) {
      return;
    }
    if (step.status == Status.FINISHED && step.job.phase() == JobPhase.FAILED) {
      String reason = step.job.reason() == null ? "" : ": " + step.job.reason();
      queue.note(
          step, CLUSTER, "its worker said that it has finished, its job failed" + reason, at);
    } else if (step.status == Status.ERROR && step.job.phase() == JobPhase.COMPLETE) {
      queue.note(step, CLUSTER, "its worker said that it failed, its job is complete", at);
    }
  }

  private void await(QueueDraft queue, StepDraft step, JobWaits waiting) {
    if (step.isFinal() || step.job.phase().isOver()) {
      return;
    }
    String reason = waiting.reason() == null ? null : queue.mask(waiting.reason());
    if (reason != null && step.job.reason() == null) {
      queue.note(step, CLUSTER, "does not start: " + reason, waiting.at());
    }
    step.job = step.job.waiting(reason);
    boolean late = !waiting.at().isBefore(waiting.since().plus(waits.startDeadline()));
    if (late && !toldToEnd(queue, step)) {
      String deadline = waits.startDeadline().toString().substring(2).toLowerCase(Locale.ROOT);
      String why = reason == null ? "nobody says why" : reason;
      fail(queue, step, CLUSTER, "did not start within " + deadline + ": " + why, waiting.at());
    }
  }

  /**
   * A job that was just asked for may be on its way; one that was just made may be missing in an
   * older answer.
   */
  private boolean mayStillAppear(StepDraft step, Instant seenAt) {
    Instant asked = step.job.askedAt();
    Instant created = step.job.createdAt();
    return created == null
        ? asked != null && seenAt.isBefore(asked.plus(waits.launchWindow()))
        : !seenAt.isAfter(created);
  }

  private void pass(QueueDraft queue, Tick tick) {
    for (StepDraft step : queue.steps) {
      if (!step.isFinal() && witnessCounts(step, tick.telemetryReadUntil())) {
        believeCluster(queue, step, tick.at());
      }
    }
    settle(queue, tick.at());
    if (queue.status == Status.PENDING || queue.status == Status.LOADING) {
      launchOrder.decide(queue, tick.at());
      drain(queue, tick.at());
    }
  }

  /**
   * The worker's own word goes first: the cluster's counts once all that the worker can have sent
   * is read.
   */
  private boolean witnessCounts(StepDraft step, @Nullable Instant telemetryReadUntil) {
    Instant over = step.job.overAt();
    if (over == null || telemetryReadUntil == null) {
      return false;
    }
    Instant counts = step.job.deleteAskedAt() == null ? over.plus(waits.witnessGrace()) : over;
    return !telemetryReadUntil.isBefore(counts);
  }

  private static void believeCluster(QueueDraft queue, StepDraft step, Instant at) {
    Cause cause = CLUSTER;
    String reason = step.job.reason();
    boolean cutShort = step.interruptedAt != null && step.job.attempts() <= 1;
    switch (step.job.phase()) {
      case COMPLETE -> {
        Status word = cutShort ? Status.STOPPED : Status.FINISHED;
        end(queue, step, word, cause, "its job is complete", at);
      }
      case FAILED -> {
        if (cutShort || step.job.deleteAskedAt() != null) {
          end(queue, step, Status.STOPPED, cause, "its job is over", at);
        } else {
          fail(queue, step, cause, reason == null ? "its job failed" : reason, at);
        }
      }
      case GONE -> {
        if (cutShort || step.job.deleteAskedAt() != null || toldToEnd(queue, step)) {
          end(queue, step, Status.STOPPED, cause, "its job is gone", at);
        } else {
          fail(queue, step, cause, reason == null ? "its job vanished" : reason, at);
        }
      }
      case NONE, ASKED, CREATED, RUNNING ->
          throw new IllegalStateException("a job that is over is " + step.job.phase());
    }
  }

  private void drain(QueueDraft queue, Instant now) {
    for (StepDraft step : queue.steps) {
      boolean dry =
          step.endless()
              && !step.isFinal()
              && step.drainAskedAt == null
              && step.job.phase().isLive()
              && !step.sources().isEmpty()
              && step.sources().stream().allMatch(number -> queue.step(number).isFinal());
      if (dry && !now.isBefore(idleSince(queue, step).plus(waits.drainIdle()))) {
        step.drainAskedAt = now;
        step.job = step.job.stopAsked(now);
        queue.note(
            step, new Cause("queue", "timer"), "nothing more can come from its sources", now);
      }
    }
  }

  private static Instant idleSince(QueueDraft queue, StepDraft step) {
    Instant since = latest(step.job.podStartedAt(), queue.createdAt());
    since = latest(step.lastRecordAt, since);
    for (int number : step.sources()) {
      since = latest(queue.step(number).finishedAt, since);
    }
    return since;
  }

  /** What the steps mean for the queue. */
  private static void settle(QueueDraft queue, Instant at) {
    Cause cause = new Cause("queue", "timer");
    if (queue.status == Status.PENDING && queue.steps.stream().anyMatch(QueueRule::exists)) {
      queue.startedAt = at;
      queue.become(Status.LOADING, cause, "its first job exists", at);
    }
    if (queue.status == Status.PENDING || queue.status == Status.LOADING) {
      if (any(queue, Status.ERROR)) {
        queue.become(Status.ERROR, cause, String.valueOf(queue.errorMessage), at);
        queue.finishedAt = at;
        endAll(queue, at);
      } else if (all(queue, Status.FINISHED)) {
        queue.become(Status.FINISHED, cause, "every step has finished", at);
        queue.finishedAt = at;
      } else if (any(queue, Status.STOPPED)) {
        queue.become(Status.STOPPING, cause, "a step was interrupted from outside", at);
        endAll(queue, at);
      }
    }
    if (queue.status == Status.STOPPING && allOver(queue)) {
      queue.become(Status.STOPPED, cause, "every step has ended and no worker lives", at);
      queue.finishedAt = at;
    }
  }

  private static boolean exists(StepDraft step) {
    return step.job.createdAt() != null;
  }

  // Loops, as these are asked after each message of each worker.

  private static boolean any(QueueDraft queue, Status status) {
    for (StepDraft step : queue.steps) {
      if (step.status == status) {
        return true;
      }
    }
    return false;
  }

  private static boolean all(QueueDraft queue, Status status) {
    for (StepDraft step : queue.steps) {
      if (step.status != status) {
        return false;
      }
    }
    return true;
  }

  private static boolean allOver(QueueDraft queue) {
    for (StepDraft step : queue.steps) {
      if (!step.isFinal() || step.job.phase().isLive()) {
        return false;
      }
    }
    return true;
  }

  private static Instant latest(@Nullable Instant known, Instant at) {
    return known == null || at.isAfter(known) ? at : known;
  }
}
