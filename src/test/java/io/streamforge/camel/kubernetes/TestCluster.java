package io.streamforge.camel.kubernetes;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatusBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.streamforge.playground.FreePorts;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cluster of one API server, a job controller and a node, whose jobs and pods go through the
 * states that a real one (v1.32) showed. Pods do what their job's {@link Fate} says.
 */
public final class TestCluster implements AutoCloseable {
  public static final String NAMESPACE = "builds";
  private static final Logger LOG = LoggerFactory.getLogger(TestCluster.class);
  private static final long TICK_MILLIS = 40;
  private static final String JOB_NAME = "job-name";

  private final ApiDispatcher api = new ApiDispatcher();
  private final Map<String, Fate> fates = new ConcurrentHashMap<>();
  private final ScheduledExecutorService life = Executors.newSingleThreadScheduledExecutor();
  private final boolean secured;
  private volatile KubernetesMockServer server;
  private volatile @Nullable Path authority;
  private volatile boolean podsHeld;

  public TestCluster() {
    this(Duration.ofMillis(TICK_MILLIS));
  }

  /** A cluster whose controller and node look around that often. */
  public TestCluster(Duration tick) {
    this(tick, false);
  }

  /** A cluster whose API server speaks TLS only. */
  public static TestCluster secured() {
    return new TestCluster(Duration.ofMillis(TICK_MILLIS), true);
  }

  private TestCluster(Duration tick, boolean secured) {
    this.secured = secured;
    this.server = server(FreePorts.find());
    var unused = life.scheduleWithFixedDelay(this::tick, 0, tick.toMillis(), TimeUnit.MILLISECONDS);
  }

  private KubernetesMockServer server(int port) {
    MockWebServer web = new MockWebServer();
    KubernetesMockServer started =
        new KubernetesMockServer(new Context(), web, new HashMap<>(), api, secured);
    started.init(InetAddress.getLoopbackAddress(), port);
    authority = secured ? Path.of(web.getSelfSignedCertificate().certificatePath()) : null;
    return started;
  }

  /** The address of the API server. */
  public String url() {
    return (secured ? "https://localhost:" : "http://127.0.0.1:") + server.getPort();
  }

  /** The PEM file of what the clients of a secured API server have to trust. */
  public Path authority() {
    return requireNonNull(authority, "the API server speaks no TLS");
  }

  /** What becomes of a job's pods from now on; without it, they run until they are deleted. */
  public TestCluster fate(String job, Fate fate) {
    fates.put(job, fate);
    return this;
  }

  /** Answers these requests so, until {@link #heal}. */
  public void answer(
      Predicate<String> requests, int code, String reason, String message, String... headers) {
    api.fault(
        request -> {
          if (!requests.test(line(request))) {
            return Optional.empty();
          }
          MockResponse answer = ApiDispatcher.failure(code, reason, message);
          for (int at = 0; at < headers.length; at += 2) {
            answer.setHeader(headers[at], headers[at + 1]);
          }
          return Optional.of(answer);
        });
  }

  /** Takes these requests and says nothing, until {@link #heal}. */
  public void hang(Predicate<String> requests) {
    api.fault(
        request ->
            requests.test(line(request))
                ? Optional.of(
                    new MockResponse().setBody("too late").setBodyDelay(Duration.ofHours(1)))
                : Optional.empty());
  }

  private static String line(RecordedRequest request) {
    return request.method() + " " + request.getPath();
  }

  /** Answers everything again. */
  public void heal() {
    api.fault(any -> Optional.empty());
    api.mute(false);
  }

  /** The watches of now stay open and show nothing any more. */
  public void swallowEvents() {
    api.mute(true);
    api.mute(false);
  }

  /** Ends the watches with 410, as an API server does that has forgotten what was. */
  public void expireWatches() {
    api.expireWatches();
  }

  /** Ends all connections; nobody listens until {@link #comeBack}. */
  public void goAway() {
    server.shutdown();
    FreePorts.awaitFree(server.getPort());
  }

  public void comeBack() {
    server = server(server.getPort());
  }

  /** Pods that are deleted live on until this is undone. */
  public void holdPods(boolean hold) {
    podsHeld = hold;
  }

  public List<Job> jobs() {
    return api.all(Job.class);
  }

  public List<Pod> pods() {
    return api.all(Pod.class);
  }

  public List<Pod> podsOf(String job) {
    return pods().stream().filter(pod -> job.equals(label(pod, JOB_NAME))).toList();
  }

  /** Puts a job there that nobody asked for. */
  public void plant(Job job) {
    job.getMetadata().setNamespace(NAMESPACE);
    job.getMetadata().setUid(UUID.randomUUID().toString());
    job.getMetadata().setCreationTimestamp(now());
    api.put(job, true);
  }

  /** Puts a Lease there that says nothing. */
  public void plantLease(String name) {
    api.put(
        new LeaseBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(NAMESPACE)
            .endMetadata()
            .withNewSpec()
            .endSpec()
            .build(),
        true);
  }

  /** Puts a job there, and a pod of it that runs. */
  public void plantRunning(Job job) {
    plant(job);
    Pod pod = pod(job);
    pod.setStatus(start(pod, Fate.runs()));
    api.put(pod, true);
    job.setStatus(new JobStatusBuilder().withStartTime(now()).withActive(1).withReady(1).build());
    api.put(job, false);
  }

  /** Deletes a job by hand, its pods after it. */
  public void deleteByHand(String job) {
    jobs().stream().filter(one -> one.getMetadata().getName().equals(job)).forEach(api::remove);
  }

  /** All requests so far, as method and path. */
  public List<String> requests() {
    return api.requests();
  }

  /** When the jobs that were asked for were made, by name, as {@link System#nanoTime} has it. */
  public Map<String, Long> created() {
    return api.created();
  }

  /** The Authorization header of each request so far, empty where there was none. */
  public List<String> authorizations() {
    return api.authorizations();
  }

  @Override
  public void close() {
    life.shutdownNow();
    server.destroy();
  }

  private void tick() {
    try {
      List<Pod> pods = pods();
      List<Job> jobs = jobs();
      for (Job job : jobs) {
        control(job, pods.stream().filter(pod -> isOf(pod, job)).toList());
      }
      for (Pod pod : pods) {
        if (jobs.stream().noneMatch(job -> isOf(pod, job)) && !pod.isMarkedForDeletion()) {
          pod.getMetadata().setDeletionTimestamp(now());
          api.put(pod, false);
        } else {
          run(pod);
        }
      }
    } catch (RuntimeException e) {
      LOG.error("the cluster of the test stumbles", e);
    }
  }

  private static boolean isOf(Pod pod, Job job) {
    return pod.getMetadata().getOwnerReferences().stream()
        .anyMatch(owner -> owner.getUid().equals(job.getMetadata().getUid()));
  }

  private static String label(Pod pod, String name) {
    return requireNonNullElse(pod.getMetadata().getLabels().get(name), "");
  }

  /** The job controller. */
  private void control(Job job, List<Pod> pods) {
    if (job.isMarkedForDeletion()) {
      pods.stream()
          .filter(pod -> !pod.isMarkedForDeletion())
          .forEach(
              pod -> {
                pod.getMetadata().setDeletionTimestamp(now());
                api.put(pod, false);
              });
      if (pods.isEmpty()) {
        api.remove(job);
      }
      return;
    }
    JobStatus before = requireNonNullElse(job.getStatus(), new JobStatus());
    if (before.getConditions().stream()
        .anyMatch(condition -> List.of("Complete", "Failed").contains(condition.getType()))) {
      return;
    }
    int succeeded = count(pods, "Succeeded");
    int failed = count(pods, "Failed");
    int active = pods.size() - succeeded - failed;
    boolean exhausted = failed > job.getSpec().getBackoffLimit();
    if (active == 0 && succeeded == 0 && !exhausted) {
      api.put(pod(job), true);
      active = 1;
    }
    JobStatusBuilder status =
        new JobStatusBuilder()
            .withStartTime(requireNonNullElse(before.getStartTime(), now()))
            .withActive(active == 0 ? null : active)
            .withReady(count(pods, "Running"))
            .withSucceeded(succeeded == 0 ? null : succeeded)
            .withFailed(failed == 0 ? null : failed)
            .withConditions(before.getConditions());
    if (succeeded > 0) {
      end(status, before, "SuccessCriteriaMet", "Complete", "CompletionsReached", "Reached");
    } else if (exhausted) {
      end(
          status,
          before,
          "FailureTarget",
          "Failed",
          "BackoffLimitExceeded",
          "Job has reached the specified backoff limit");
    }
    JobStatus next = status.build();
    if (!next.equals(before)) {
      job.setStatus(next);
      api.put(job, false);
    }
  }

  /** The end of a job shows in two conditions, one after the other. */
  private static void end(
      JobStatusBuilder status,
      JobStatus before,
      String first,
      String second,
      String reason,
      String message) {
    status
        .addNewCondition()
        .withType(before.getConditions().isEmpty() ? first : second)
        .withStatus("True")
        .withLastTransitionTime(now())
        .withReason(reason)
        .withMessage(message)
        .endCondition();
  }

  private static int count(List<Pod> pods, String phase) {
    return (int) pods.stream().filter(pod -> phase.equals(pod.getStatus().getPhase())).count();
  }

  private static Pod pod(Job job) {
    String name = job.getMetadata().getName();
    return new PodBuilder()
        .withNewMetadata()
        .withName(name + "-" + UUID.randomUUID().toString().substring(0, 5))
        .withNamespace(NAMESPACE)
        .withUid(UUID.randomUUID().toString())
        .withCreationTimestamp(now())
        .withLabels(job.getSpec().getTemplate().getMetadata().getLabels())
        .addToLabels(JOB_NAME, name)
        .addToLabels("batch.kubernetes.io/job-name", name)
        .addNewOwnerReference()
        .withApiVersion("batch/v1")
        .withKind("Job")
        .withName(name)
        .withUid(job.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .endOwnerReference()
        .endMetadata()
        .withSpec(job.getSpec().getTemplate().getSpec())
        .withNewStatus()
        .withPhase("Pending")
        .endStatus()
        .build();
  }

  /** The node. */
  private void run(Pod pod) {
    String phase = pod.getStatus().getPhase();
    boolean over = List.of("Succeeded", "Failed").contains(phase);
    Fate fate = fates.getOrDefault(label(pod, JOB_NAME), Fate.runs());
    if (pod.isMarkedForDeletion()) {
      if (over) {
        api.remove(pod);
      } else if (!podsHeld) {
        show(pod, ended(pod, Fate.fails(143, "Error", "")));
      }
    } else if (phase.equals("Pending")) {
      PodStatus next = start(pod, fate);
      if (!next.equals(pod.getStatus())) {
        show(pod, next);
      }
    } else if (!over && fate.exitCode() != null) {
      api.log(pod.getMetadata().getName(), fate.log());
      show(pod, "Evicted".equals(fate.reason()) ? evicted(fate) : ended(pod, fate));
    }
  }

  private void show(Pod pod, PodStatus status) {
    pod.setStatus(status);
    api.put(pod, false);
  }

  private static PodStatus start(Pod pod, Fate fate) {
    boolean placed = fate.start() != Fate.Start.FINDS_NO_NODE;
    PodStatusBuilder status =
        new PodStatusBuilder()
            .withPhase(fate.start() == Fate.Start.GOES_WELL ? "Running" : "Pending")
            .addNewCondition()
            .withType("PodScheduled")
            .withStatus(placed ? "True" : "False")
            .withReason(placed ? null : fate.reason())
            .withMessage(placed ? null : fate.message())
            .endCondition();
    ContainerStateBuilder state = new ContainerStateBuilder();
    switch (fate.start()) {
      case GOES_WELL -> state.withNewRunning().withStartedAt(now()).endRunning();
      case CONTAINER_WAITS ->
          state.withNewWaiting().withReason(fate.reason()).withMessage(fate.message()).endWaiting();
      case FINDS_NO_NODE -> {
        return status.build();
      }
    }
    return status.addToContainerStatuses(container(pod).withState(state.build()).build()).build();
  }

  private static PodStatus ended(Pod pod, Fate fate) {
    int exitCode = requireNonNull(fate.exitCode());
    ContainerStateBuilder state =
        new ContainerStateBuilder()
            .withNewTerminated()
            .withExitCode(exitCode)
            .withReason(fate.reason())
            .withMessage(fate.message())
            .withFinishedAt(now())
            .endTerminated();
    return new PodStatusBuilder()
        .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
        .addToContainerStatuses(container(pod).withState(state.build()).build())
        .build();
  }

  private static PodStatus evicted(Fate fate) {
    return new PodStatusBuilder()
        .withPhase("Failed")
        .withReason(fate.reason())
        .withMessage(fate.message())
        .build();
  }

  private static ContainerStatusBuilder container(Pod pod) {
    return new ContainerStatusBuilder()
        .withName(pod.getSpec().getContainers().get(0).getName())
        .withReady(false)
        .withRestartCount(0);
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
