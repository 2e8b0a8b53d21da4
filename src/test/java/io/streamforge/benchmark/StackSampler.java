package io.streamforge.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * Looks now and then at what the threads of this JVM that took processor time since the last look
 * are at, and adds it up by layer: the innermost caller that belongs to one.
 */
final class StackSampler {
  private static final long PERIOD_MILLIS = 5;
  private static final int DEPTH = 80;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** Prefixes of class names, and the layer that they are. */
  private static final Map<String, String> LAYERS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("kafka.", "broker"),
              Map.entry("org.apache.kafka.server", "broker"),
              Map.entry("org.apache.kafka.storage", "broker"),
              Map.entry("org.apache.kafka.clients", "Kafka client"),
              Map.entry("org.apache.kafka.common.network", "Kafka network"),
              Map.entry("org.apache.camel.component.kafka", "Camel's Kafka consumer"),
              Map.entry("org.apache.camel", "Camel"),
              Map.entry("com.fasterxml.jackson", "JSON"),
              Map.entry("org.h2", "H2"),
              Map.entry("org.springframework", "Spring JDBC"),
              Map.entry("io.fabric8.kubernetes.client.server", "the test's API server"),
              Map.entry("io.fabric8.mockwebserver", "the test's API server"),
              Map.entry("io.streamforge.camel.kubernetes.ApiDispatcher", "the test's API server"),
              Map.entry("io.streamforge.camel.kubernetes.TestCluster", "the test's API server"),
              Map.entry("io.fabric8", "Kubernetes client"),
              Map.entry("io.micrometer", "meters"),
              Map.entry("io.netty", "Vert.x"),
              Map.entry("io.vertx", "Vert.x"),
              Map.entry("org.apache.logging", "logging"),
              Map.entry("io.streamforge.benchmark", "benchmark's own clients"),
              Map.entry("io.streamforge.camel", "our Camel pieces"),
              Map.entry("io.streamforge.queues", "rules of queues"),
              Map.entry("io.streamforge.workers", "local workers")));

  private final Map<String, Long> nanos = new HashMap<>();
  private final Map<Long, Long> cpuBefore = new HashMap<>();

  /** Runs it, looking on. */
  <T> T during(Callable<T> work) throws Exception {
    cpuBefore.clear();
    Thread looking = new Thread(this::look, "sampler");
    looking.setDaemon(true);
    looking.start();
    try {
      return work.call();
    } finally {
      looking.interrupt();
      looking.join();
    }
  }

  private void look() {
    try {
      while (true) {
        Thread.sleep(PERIOD_MILLIS);
        long[] ids = THREADS.getAllThreadIds();
        ThreadInfo[] infos = THREADS.getThreadInfo(ids, DEPTH);
        for (ThreadInfo info : infos) {
          if (info != null && !info.getThreadName().equals("sampler")) {
            count(info);
          }
        }
      }
    } catch (InterruptedException over) {
      Thread.currentThread().interrupt();
    }
  }

  private void count(ThreadInfo info) {
    long cpu = THREADS.getThreadCpuTime(info.getThreadId());
    Long before = cpuBefore.put(info.getThreadId(), cpu);
    if (before != null && cpu > before) {
      nanos.merge(layer(info), cpu - before, Long::sum);
    }
  }

  private static String layer(ThreadInfo info) {
    return Arrays.stream(info.getStackTrace())
        .map(frame -> layer(frame.getClassName()))
        .filter(layer -> !layer.isEmpty())
        .findFirst()
        .orElse("other");
  }

  private static String layer(String className) {
    String found = "";
    int length = 0;
    for (Map.Entry<String, String> layer : LAYERS.entrySet()) {
      if (className.startsWith(layer.getKey()) && layer.getKey().length() > length) {
        found = layer.getValue();
        length = layer.getKey().length();
      }
    }
    return found;
  }

  /** The shares of the layers, the greatest first. */
  String shares() {
    long all = nanos.values().stream().mapToLong(Long::longValue).sum();
    List<String> shares =
        nanos.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(9)
            .map(e -> String.format(Locale.ROOT, "%s %d%%", e.getKey(), 100 * e.getValue() / all))
            .toList();
    return String.join(", ", shares);
  }
}
