package io.streamforge.queues;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.streamforge.queues.Observation.JobSeen;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds all jobs that a launcher has against the queues: a job that was taken for gone is noted
 * with its queue, so that it is deleted; one that has no queue is reported.
 */
public final class JobReconciler {
  private static final Logger LOG = LoggerFactory.getLogger(JobReconciler.class);
  private static final int PAGE = 100;

  private final QueueRule rule;
  private final Supplier<MeterRegistry> registry;
  private final boolean deleteOrphans;
  private final BooleanSupplier looks;
  private final Clock clock;
  private Set<String> orphans = Set.of();
  private @Nullable MeterRegistry gauged;

  /**
   * A reconciler.
   *
   * @param deleteOrphans whether jobs without a queue are to be deleted
   * @param looks whether it is this process that looks at all jobs: what it saw before it ceased to
   *     is not shown any more
   */
  public JobReconciler(
      QueueRule rule,
      Supplier<MeterRegistry> registry,
      boolean deleteOrphans,
      BooleanSupplier looks,
      Clock clock) {
    this.rule = rule;
    this.registry = registry;
    this.deleteOrphans = deleteOrphans;
    this.looks = looks;
    this.clock = clock;
  }

  /** The reports in lists whose queues can be loaded in one go. */
  public static List<List<JobReport>> pages(List<JobReport> reports) {
    List<List<JobReport>> pages = new ArrayList<>();
    for (int from = 0; from < reports.size(); from += PAGE) {
      pages.add(reports.subList(from, Math.min(reports.size(), from + PAGE)));
    }
    return pages;
  }

  /** The short ids of the queues that jobs say they belong to. */
  public static List<String> shortIds(List<JobReport> reports) {
    return reports.stream()
        .map(report -> report.job().queueId())
        .filter(JobReconciler::isQueueId)
        .map(QueueTender::shortId)
        .distinct()
        .toList();
  }

  private static boolean isQueueId(String text) {
    return text.length() >= StoredQueue.SHORT_ID_LENGTH;
  }

  /** Sightings of the jobs at work that their queues take for gone. */
  public Recording returned(List<JobReport> reports, List<StoredQueue> queues) {
    Map<String, QueueState> byId =
        QueueJson.readAll(queues).stream()
            .collect(Collectors.toMap(QueueState::id, Function.identity()));
    Instant now = clock.instant();
    Recording recording = new Recording(rule);
    for (JobReport report : reports) {
      JobRef job = report.job();
      QueueState queue = byId.get(job.queueId());
      if (report.phase().isLive() && queue != null && isTakenForGone(queue, job)) {
        JobSeen seen = new JobSeen(job.step(), report.phase(), report.attempts(), null, null, now);
        recording.add(QueueTender.shortId(job.queueId()), QueueTender.only(job.queueId(), seen));
      }
    }
    return recording;
  }

  private static boolean isTakenForGone(QueueState queue, JobRef job) {
    return queue.steps().stream()
        .anyMatch(
            step ->
                step.jobName().equals(job.jobName())
                    && step.number() == job.step()
                    && step.job().phase() == JobPhase.GONE);
  }

  /** The jobs that belong to none of the queues. */
  public static List<JobRef> orphans(List<JobReport> reports, List<StoredQueue> queues) {
    Set<String> known = queues.stream().map(StoredQueue::id).collect(Collectors.toSet());
    return reports.stream()
        .map(JobReport::job)
        .filter(job -> !known.contains(job.queueId()))
        .toList();
  }

  /** Reports the jobs without a queue, those that are new in the log; returns what to delete. */
  public synchronized List<JobRef> report(List<List<JobRef>> pages) {
    List<JobRef> found = pages.stream().flatMap(List::stream).toList();
    Set<String> names = found.stream().map(JobRef::jobName).collect(Collectors.toSet());
    Set<String> news = new HashSet<>(names);
    news.removeAll(orphans);
    news.stream()
        .sorted()
        .forEach(
            name ->
                LOG.warn(
                    "the job {} belongs to no queue of this service: {}",
                    name,
                    deleteOrphans ? "it is deleted" : "set ORPHANS=delete to have it deleted"));
    orphans = Set.copyOf(names);
    gauge();
    return deleteOrphans ? found : List.of();
  }

  private void gauge() {
    MeterRegistry current = registry.get();
    if (gauged != current) {
      Gauge.builder("jobs.without.queue", () -> looks.getAsBoolean() ? orphans.size() : 0)
          .description("Jobs of this instance that belong to no queue")
          .register(current);
      gauged = current;
    }
  }
}
