package io.streamforge.queues;

import io.streamforge.camel.kafka.OutgoingRecord;
import io.streamforge.queues.Catalogue.Target;
import io.streamforge.queues.Observation.JobCreated;
import io.streamforge.queues.Observation.JobDeleteAsked;
import io.streamforge.queues.Observation.JobRefused;
import io.streamforge.queues.Observation.JobSeen;
import io.streamforge.queues.Observation.JobWaits;
import io.streamforge.queues.Observation.StopSent;
import io.streamforge.queues.Observation.Tick;
import io.streamforge.queues.Work.Deletion;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks after queues: what the launcher shows of their jobs and the time that has passed become
 * observations, and the states that follow become work.
 */
public final class QueueTender {
  private final QueueRule rule;
  private final QueueDeeds deeds;
  private final JobSpecs specs;
  private final WorkerCommands commands;
  private final Supplier<Optional<Instant>> telemetryReadUntil;
  private final Clock clock;

  /**
   * A tender; {@code telemetryReadUntil} tells up to when all telemetry that was sent is stored,
   * empty when unknown.
   */
  public QueueTender(
      QueueRule rule,
      QueueDeeds deeds,
      JobSpecs specs,
      WorkerCommands commands,
      Supplier<Optional<Instant>> telemetryReadUntil,
      Clock clock) {
    this.rule = rule;
    this.deeds = deeds;
    this.specs = specs;
    this.commands = commands;
    this.telemetryReadUntil = telemetryReadUntil;
    this.clock = clock;
  }

  /** The time, as observations take it. */
  public Instant now() {
    return clock.instant();
  }

  /** The short ids of queues. */
  public static List<String> shortIds(List<String> queueIds) {
    return queueIds.stream().map(QueueTender::shortId).toList();
  }

  /**
   * The jobs whose end nobody has seen yet; without those whose launch is due, since the launch
   * itself shows whether they are there, however long it has to wait.
   */
  public List<JobRef> jobsToInspect(List<StoredQueue> queues) {
    return queues.stream()
        .map(stored -> QueueJson.read(stored.document()))
        .flatMap(
            queue ->
                queue.steps().stream()
                    .filter(step -> step.job().phase().isLive())
                    .filter(step -> !QueueDeeds.launchIsDue(queue, step))
                    .map(step -> specs.ref(queue, step)))
        .toList();
  }

  /**
   * What was seen of these queues.
   *
   * @param reports what the launcher shows of their jobs; empty when it could not be asked
   * @param askedAt from before the launcher was asked
   */
  public Recording observe(List<String> queueIds, List<JobReport> reports, Instant askedAt) {
    Recording recording = new Recording(rule);
    for (JobReport report : reports) {
      JobRef job = report.job();
      JobSeen seen =
          new JobSeen(
              job.step(),
              report.phase(),
              report.attempts(),
              report.reason(),
              report.logTail(),
              askedAt);
      recording.add(shortId(job.queueId()), only(job.queueId(), seen));
      Instant since = report.waitingSince();
      if (since != null) {
        JobWaits waits = new JobWaits(job.step(), since, report.reason(), clock.instant());
        recording.add(shortId(job.queueId()), only(job.queueId(), waits));
      }
    }
    Tick tick = new Tick(telemetryReadUntil.get().orElse(null), clock.instant());
    queueIds.forEach(id -> recording.add(shortId(id), only(id, tick)));
    return recording;
  }

  /** What is now to be done about queues in these states. */
  public Work work(List<QueueState> queues) {
    Instant now = clock.instant();
    List<JobSpec> launches = new ArrayList<>();
    List<Deletion> deletions = new ArrayList<>();
    List<OutgoingRecord> stops = new ArrayList<>();
    for (QueueState queue : queues) {
      for (Deed deed : deeds.due(queue, now)) {
        if (deed instanceof Deed.Launch launch) {
          launches.add(specs.of(queue, queue.step(launch.step())));
        } else if (deed instanceof Deed.DeleteJob deletion) {
          JobRef job = specs.ref(queue, queue.step(deletion.step()));
          deletions.add(new Deletion(job, deletion.reason()));
        } else if (deed instanceof Deed.SendStop) {
          stops.add(commands.stop(queue, now));
        }
      }
    }
    return new Work(launches, deletions, stops);
  }

  /**
   * What became of the work.
   *
   * @param stopsSent whether the stop messages went out
   * @param deletionsAsked whether the launcher took the deletions
   */
  public Recording outcome(
      Work work, List<LaunchOutcome> launches, boolean stopsSent, boolean deletionsAsked) {
    Instant now = clock.instant();
    Recording recording = new Recording(rule);
    for (LaunchOutcome launch : launches) {
      JobRef job = launch.job();
      @Nullable Observation seen =
          switch (launch.result()) {
            case CREATED -> new JobCreated(job.step(), now);
            case REFUSED -> new JobRefused(job.step(), String.valueOf(launch.reason()), now);
            case AWAY -> null;
          };
      if (seen != null) {
        recording.add(shortId(job.queueId()), only(job.queueId(), seen));
      }
    }
    if (stopsSent) {
      work.stoppedQueues().forEach(id -> recording.add(shortId(id), only(id, new StopSent(now))));
    }
    if (deletionsAsked) {
      for (Deletion deletion : work.deletions()) {
        JobRef job = deletion.job();
        JobDeleteAsked asked = new JobDeleteAsked(job.step(), deletion.reason(), now);
        recording.add(shortId(job.queueId()), only(job.queueId(), asked));
      }
    }
    return recording;
  }

  /** A sighting for one queue, should two ever begin alike. */
  static Sighting only(String queueId, Observation observation) {
    return queue -> queue.id().equals(queueId) ? observation : null;
  }

  static String shortId(String queueId) {
    return queueId.substring(0, StoredQueue.SHORT_ID_LENGTH);
  }

  /** Turns a step into the job that a launcher is given. */
  public record JobSpecs(Catalogue catalogue, WorkerSettings settings, JobManifest manifests) {

    JobRef ref(QueueState queue, StepState step) {
      return new JobRef(queue.id(), step.number(), step.jobName());
    }

    JobSpec of(QueueState queue, StepState step) {
      Optional<Target> known = catalogue.target(step.target());
      Map<String, String> extra = known.map(Target::env).orElse(Map.of());
      WorkerEnvironment environment = WorkerEnvironment.of(queue, step, extra, settings);
      TimeRange range = TimeRange.parse(queue.startTime() + ":" + queue.endTime());
      return new JobSpec(
          ref(queue, step),
          step.target(),
          step.role(),
          step.endless(),
          range.days(),
          environment,
          manifests.of(queue, step, known, environment));
    }

    /** The jobs of all steps, in the order of the steps. */
    List<JobSpec> ofAll(QueueState queue) {
      return queue.steps().stream().map(step -> of(queue, step)).toList();
    }
  }
}
