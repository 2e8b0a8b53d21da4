package io.streamforge.cluster;

import static java.util.stream.Collectors.joining;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.streamforge.camel.kubernetes.Cluster;
import io.streamforge.camel.kubernetes.JobWatch;
import io.streamforge.camel.kubernetes.JobWatch.Shown;
import io.streamforge.camel.kubernetes.PodLog;
import io.streamforge.camel.kubernetes.Trouble;
import io.streamforge.queues.JobPhase;
import io.streamforge.queues.JobRef;
import io.streamforge.queues.JobReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How jobs are doing. What the watch shows of a job at work is believed; that a job is over, or not
 * there, is said only when the cluster, asked for it, says so too.
 */
public final class JobInspection {
  private static final int LOG_BYTES = 4096;
  private static final Comparator<Pod> BY_AGE =
      Comparator.comparing(pod -> String.valueOf(pod.getMetadata().getCreationTimestamp()));

  private final Cluster cluster;
  private final JobWatch watch;

  /** Reports from that watch. */
  public JobInspection(Cluster cluster, JobWatch watch) {
    this.cluster = cluster;
    this.watch = watch;
  }

  /**
   * A report of each job, in their order; none at all where another process watches.
   *
   * @throws java.io.IOException when the cluster cannot be asked
   */
  public List<JobReport> reports(List<JobRef> refs) throws Exception {
    if (!watch.isOpen()) {
      return List.of();
    }
    List<JobReport> reports = look(refs);
    // Frozen meanwhile, what this process has seen may be older than what the leader did since.
    return watch.isOpen() ? reports : List.of();
  }

  private List<JobReport> look(List<JobRef> refs) throws Exception {
    watch.requireRead();
    Map<JobRef, JobReport> known = new HashMap<>();
    for (JobRef ref : refs) {
      watch
          .job(ref.jobName())
          .filter(job -> !isOver(job))
          .ifPresent(job -> known.put(ref, atWork(ref, job, watch.podsOf(ref.jobName()))));
    }
    Set<String> doubtful =
        refs.stream()
            .filter(ref -> !known.containsKey(ref))
            .map(JobRef::queueId)
            .collect(Collectors.toSet());
    Shown now = doubtful.isEmpty() ? new Shown(Map.of(), Map.of()) : watch.list(doubtful);
    List<JobReport> reports = new ArrayList<>();
    for (JobRef ref : refs) {
      JobReport report = known.get(ref);
      reports.add(report == null ? report(ref, now) : report);
    }
    return reports;
  }

  /** All jobs that are there, as the watch shows them; none where another process watches. */
  public List<JobReport> all() throws Exception {
    List<JobReport> reports = watch.isOpen() ? lookAtAll() : List.of();
    return watch.isOpen() ? reports : List.of();
  }

  private List<JobReport> lookAtAll() throws Exception {
    watch.requireRead();
    return watch.jobs().stream()
        .map(
            job -> {
              JobRef ref = JobLabels.ref(job);
              boolean goes = isOver(job) || job.isMarkedForDeletion();
              return goes
                  ? new JobReport(ref, JobPhase.GONE, 0, null, null)
                  : atWork(ref, job, watch.podsOf(ref.jobName()));
            })
        .toList();
  }

  private JobReport report(JobRef ref, Shown now) throws Exception {
    List<Pod> pods = now.podsOf(ref.jobName());
    Optional<Job> job = now.job(ref.jobName());
    if (job.isPresent() && (!isOver(job.get()) || lives(pods))) {
      return atWork(ref, job.get(), pods);
    }
    if (job.isPresent()) {
      return over(ref, job.get(), pods);
    }
    return lives(pods)
        ? new JobReport(ref, JobPhase.RUNNING, 0, null, null)
        : new JobReport(ref, JobPhase.GONE, 0, null, null);
  }

  private static boolean isOver(Job job) {
    return Trouble.isComplete(job) || Trouble.of(job).isPresent();
  }

  private static boolean lives(List<Pod> pods) {
    return pods.stream().anyMatch(pod -> !isOver(pod));
  }

  private static boolean isOver(Pod pod) {
    String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return "Succeeded".equals(phase) || "Failed".equals(phase);
  }

  private static JobReport atWork(JobRef ref, Job job, List<Pod> pods) {
    boolean hasRun =
        pods.stream().anyMatch(pod -> isOver(pod) || "Running".equals(pod.getStatus().getPhase()));
    JobPhase phase = hasRun ? JobPhase.RUNNING : JobPhase.CREATED;
    Optional<Pod> newest = pods.stream().max(BY_AGE);
    boolean waits =
        newest.map(pod -> "Pending".equals(pod.getStatus().getPhase())).orElse(attempts(job) == 0);
    if (!waits || job.isMarkedForDeletion()) {
      return new JobReport(ref, phase, attempts(job), null, null);
    }
    String since =
        newest
            .map(pod -> pod.getMetadata().getCreationTimestamp())
            .orElse(job.getMetadata().getCreationTimestamp());
    String reason =
        newest
            .map(pod -> Trouble.of(pod).map(trouble -> "its worker " + trouble.words()))
            .orElse(Optional.of("the cluster starts no worker for its job"))
            .orElse(null);
    return new JobReport(ref, phase, attempts(job), reason, null, Instant.parse(since));
  }

  private JobReport over(JobRef ref, Job job, List<Pod> pods) throws Exception {
    Optional<Trouble> failure = Trouble.of(job);
    if (failure.isEmpty()) {
      return new JobReport(ref, JobPhase.COMPLETE, attempts(job), null, null);
    }
    Optional<Pod> failed = pods.stream().filter(pod -> Trouble.of(pod).isPresent()).max(BY_AGE);
    Optional<Trouble> cause = failed.flatMap(Trouble::of);
    String reason =
        Stream.of(
                cause.map(trouble -> "its worker " + trouble.words()),
                failure.map(trouble -> "its job " + trouble.words()))
            .flatMap(Optional::stream)
            .collect(joining("; "));
    return new JobReport(
        ref, JobPhase.FAILED, attempts(job), reason, log(failed.orElse(null), cause.orElse(null)));
  }

  private @Nullable String log(@Nullable Pod pod, @Nullable Trouble trouble) throws Exception {
    return pod == null || trouble == null
        ? null
        : PodLog.tail(cluster, pod.getMetadata().getName(), trouble.container(), LOG_BYTES);
  }

  private static int attempts(Job job) {
    JobStatus status = job.getStatus();
    return status == null
        ? 0
        : Stream.of(status.getActive(), status.getSucceeded(), status.getFailed())
            .filter(Objects::nonNull)
            .mapToInt(Integer::intValue)
            .sum();
  }
}
