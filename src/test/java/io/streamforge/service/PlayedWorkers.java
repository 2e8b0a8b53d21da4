package io.streamforge.service;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.streamforge.camel.kubernetes.Fate;
import io.streamforge.camel.kubernetes.TestCluster;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the workers in the pods of a test's cluster say over Kafka: each reports that it is at work;
 * a bounded one then that it has finished, and its container ends well.
 */
final class PlayedWorkers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PlayedWorkers.class);
  static final long RECORDS = 378;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RunningService service;
  private final TestCluster cluster;
  private final Set<String> begun = ConcurrentHashMap.newKeySet();
  private final Set<String> silent = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> said = new ConcurrentHashMap<>();
  private final ScheduledExecutorService turns = Executors.newSingleThreadScheduledExecutor();

  PlayedWorkers(RunningService service, TestCluster cluster) {
    this.service = service;
    this.cluster = cluster;
    var unused = turns.scheduleWithFixedDelay(this::speak, 0, 50, TimeUnit.MILLISECONDS);
  }

  /** Lets the worker of a job say nothing. */
  void silence(String job) {
    silent.add(job);
  }

  /** How many messages the workers of a queue have sent. */
  int said(String queueId) {
    return said.getOrDefault(queueId, 0);
  }

  private void speak() {
    try {
      for (Pod pod : cluster.pods()) {
        String job = requireNonNull(pod.getMetadata().getLabels().get("job-name"));
        boolean runs = "Running".equals(pod.getStatus().getPhase()) && !pod.isMarkedForDeletion();
        if (runs && !silent.contains(job) && begun.add(pod.getMetadata().getName())) {
          work(job, environment(pod));
        }
      }
    } catch (RuntimeException e) {
      LOG.error("the workers of the test stumble", e);
    }
  }

  private void work(String job, Map<String, String> environment) {
    say(environment, "loading", RECORDS / 2);
    say(environment, "loading", RECORDS);
    String type = requireNonNull(environment.get("TYPE"));
    boolean endless =
        job.contains("arango-connector")
            || type.startsWith("ws")
            || type.startsWith("realtime")
            || type.equals("graph_metrics_stream");
    if (!endless) {
      say(environment, "finished", RECORDS);
      cluster.fate(job, Fate.completes());
    }
  }

  private void say(Map<String, String> environment, String status, long records) {
    ObjectNode message =
        JSON.createObjectNode()
            .put("type", environment.get("TYPE"))
            .put("queue_id", environment.get("QUEUE_ID"))
            .put("producer", environment.get("TELEMETRY_PRODUCER_ID"))
            .put("status", status)
            .put("finished", status.equals("finished"))
            .put("records_written", records)
            .put("timestamp", System.currentTimeMillis() / 1000.0);
    service.write("queue.events.topic", message.toString());
    said.merge(requireNonNull(environment.get("QUEUE_ID")), 1, Integer::sum);
  }

  private static Map<String, String> environment(Pod pod) {
    return pod.getSpec().getContainers().get(0).getEnv().stream()
        .filter(variable -> variable.getValue() != null)
        .collect(Collectors.toMap(EnvVar::getName, EnvVar::getValue));
  }

  @Override
  public void close() {
    turns.shutdownNow();
  }
}
