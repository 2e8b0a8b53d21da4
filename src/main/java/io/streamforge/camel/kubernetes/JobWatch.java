package io.streamforge.camel.kubernetes;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobList;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.ScalableResource;
import io.streamforge.camel.leadership.Leadership;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The jobs that carry a label, with their pods: as the watch last showed them, while it is open,
 * and on demand as the cluster lists them now.
 */
public final class JobWatch implements AutoCloseable {
  private static final String JOB_LABEL = "job-name";
  private static final int PAGE = 100;

  private final Cluster cluster;
  private final String label;
  private final String value;
  private final String groupLabel;
  private final Duration grace;
  private final Leadership leadership;
  private final Mirror<Job> jobs;
  private final Mirror<Pod> pods;
  private final Set<String> changedGroups = ConcurrentHashMap.newKeySet();
  private volatile boolean open;

  /** Jobs and pods of one moment, by the name of the job. */
  public record Shown(Map<String, Job> jobs, Map<String, List<Pod>> pods) {
    /** The job of that name. */
    public Optional<Job> job(String name) {
      return Optional.ofNullable(jobs.get(name));
    }

    /** The pods of the job of that name. */
    public List<Pod> podsOf(String jobName) {
      return pods.getOrDefault(jobName, List.of());
    }
  }

  /**
   * A watch of the jobs and pods whose {@code label} has that value.
   *
   * @param groupLabel the label by which changes are told and jobs are looked up
   * @param grace how long the watch may lag behind the cluster before it is begun again
   * @param leadership of those who watch
   */
  public JobWatch(
      Cluster cluster,
      String label,
      String value,
      String groupLabel,
      Duration grace,
      Leadership leadership) {
    this.cluster = cluster;
    this.label = label;
    this.value = value;
    this.groupLabel = groupLabel;
    this.grace = grace;
    this.leadership = leadership;
    jobs =
        new Mirror<>(
            "jobs",
            () -> allJobs().withLabel(label, value),
            job -> job.getMetadata().getName(),
            job -> job.getSpec().setTemplate(null),
            this::changed);
    pods =
        new Mirror<>(
            "pods",
            () -> allPods().withLabel(label, value),
            JobWatch::jobOf,
            pod -> pod.setSpec(null),
            this::changed);
  }

  private NonNamespaceOperation<Job, JobList, ScalableResource<Job>> allJobs() {
    return cluster.client().batch().v1().jobs().inNamespace(cluster.namespace());
  }

  private NonNamespaceOperation<Pod, PodList, PodResource> allPods() {
    return cluster.client().pods().inNamespace(cluster.namespace());
  }

  /** Begins to watch; returns at once, whether the cluster is there or not. */
  public void start() {
    open = true;
    jobs.start();
    pods.start();
  }

  /** Ceases to watch, until the next start, and forgets what was seen. */
  @Override
  public void close() {
    open = false;
    jobs.stop();
    pods.stop();
    changedGroups.clear();
  }

  /**
   * Whether what is shown may be believed: it is watched, and by the leader, which one that was
   * frozen for a while need not be any more.
   */
  public boolean isOpen() {
    return open && leadership.holds();
  }

  private void changed(HasMetadata object) {
    String group = group(object);
    if (group != null) {
      changedGroups.add(group);
    }
  }

  /** The value of an object's group label, null when it has none. */
  public @Nullable String group(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? null : labels.get(groupLabel);
  }

  private static String jobOf(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    return labels == null ? "" : Objects.requireNonNullElse(labels.get(JOB_LABEL), "");
  }

  /**
   * Returns when the watch has shown all jobs and pods at least once.
   *
   * @throws PeerAwayException when it has not yet
   */
  public void requireRead() throws PeerAwayException {
    if (!jobs.isRead() || !pods.isRead()) {
      throw new PeerAwayException("the jobs of the cluster were not read yet");
    }
  }

  /** Returns when the cluster lists jobs and pods; fails with the reason when it does not. */
  public void check() throws Exception {
    try {
      requireList("/apis/batch/v1", "jobs");
      requireList("/api/v1", "pods");
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /** What is listed is not read: readers of all that a job can hold would delay a start. */
  private void requireList(String api, String resource) throws Exception {
    String selector = URLEncoder.encode(label + "=" + value, StandardCharsets.UTF_8);
    String path =
        "%s/namespaces/%s/%s?labelSelector=%s&limit=1"
            .formatted(api, cluster.namespace(), resource, selector);
    cluster.askNow(() -> cluster.client().raw(path, "GET", null));
  }

  /** All jobs, as last seen. */
  public List<Job> jobs() {
    return jobs.all();
  }

  /** The job of that name, as last seen. */
  public Optional<Job> job(String name) {
    return jobs.of(name).stream().findFirst();
  }

  /** The pods of a job, as last seen. */
  public List<Pod> podsOf(String jobName) {
    return pods.of(jobName);
  }

  /** The jobs and pods of some groups as the cluster lists them now. */
  public Shown list(Collection<String> groups) throws Exception {
    String[] wanted = groups.toArray(new String[0]);
    List<Job> foundJobs =
        Mirror.list(allJobs().withLabel(label, value).withLabelIn(groupLabel, wanted), cluster);
    List<Pod> foundPods =
        Mirror.list(allPods().withLabel(label, value).withLabelIn(groupLabel, wanted), cluster);
    return new Shown(
        foundJobs.stream().collect(toMap(job -> job.getMetadata().getName(), Function.identity())),
        foundPods.stream().collect(groupingBy(JobWatch::jobOf)));
  }

  /** Some of the groups of which something has changed; each is named once for its changes. */
  public List<String> takeChanges() {
    List<String> taken = changedGroups.stream().limit(PAGE).toList();
    taken.forEach(changedGroups::remove);
    return taken;
  }

  /** Compares what the watch shows with all that the cluster lists. */
  public void compare() throws Exception {
    jobs.compare(cluster, this::waitForWatch);
    pods.compare(cluster, this::waitForWatch);
  }

  private void waitForWatch() {
    try {
      TimeUnit.NANOSECONDS.sleep(grace.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
