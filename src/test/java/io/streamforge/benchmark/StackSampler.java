package io.streamforge.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the processor time of this JVM goes while something runs: by layer, which is the innermost
 * caller that belongs to one, as the flight recorder samples it; and by group of threads, as the
 * threads themselves count it.
 */
final class StackSampler {
  private static final String SAMPLE = "jdk.ExecutionSample";
  private static final Duration PERIOD = Duration.ofMillis(10);
  private static final int MOST = 10;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean MACHINE =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

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

  private final Map<String, Long> layers = new HashMap<>();
  private final Map<String, Long> threads = new HashMap<>();

  /** Runs it twice: looking at the threads, and then, once prepared again, sampling its stacks. */
  void during(Callable<?> work, Callable<?> prepare) throws Exception {
    Map<Long, Long> before = cpuOfThreads();
    long cpu = MACHINE.getProcessCpuTime();
    work.call();
    countThreads(before, MACHINE.getProcessCpuTime() - cpu);
    prepare.call();
    try (Recording recording = new Recording()) {
      recording.enable(SAMPLE).withPeriod(PERIOD);
      recording.start();
      work.call();
      recording.stop();
      countLayers(recording);
    }
  }

  private static Map<Long, Long> cpuOfThreads() {
    Map<Long, Long> cpu = new HashMap<>();
    for (long id : THREADS.getAllThreadIds()) {
      cpu.put(id, THREADS.getThreadCpuTime(id));
    }
    return cpu;
  }

  /** What no thread of Java's has taken went to the JVM, or to threads that have ended since. */
  private void countThreads(Map<Long, Long> before, long all) {
    long counted = 0;
    for (Map.Entry<Long, Long> thread : cpuOfThreads().entrySet()) {
      ThreadInfo info = THREADS.getThreadInfo(thread.getKey());
      long cpu = thread.getValue() - before.getOrDefault(thread.getKey(), 0L);
      if (info != null && cpu > 0) {
        threads.merge(group(info.getThreadName()), cpu, Long::sum);
        counted += cpu;
      }
    }
    threads.merge("garbage, compilers", Math.max(0, all - counted), Long::sum);
  }

  /** The name of a thread without what tells it from its like. */
  private static String group(String name) {
    return name.replaceAll("[0-9a-f]*[0-9]+[0-9a-f]*", "#")
        .replaceFirst("^Camel \\(camel-#\\) thread ## - ", "")
        .replaceAll("[#-]+$", "");
  }

  private void countLayers(Recording recording) throws IOException {
    Path file = Files.createTempFile("benchmark", ".jfr");
    try {
      recording.dump(file);
      for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
        if (event.getEventType().getName().equals(SAMPLE) && event.getStackTrace() != null) {
          layers.merge(layer(event.getStackTrace().getFrames()), 1L, Long::sum);
        }
      }
    } finally {
      Files.delete(file);
    }
  }

  private static String layer(List<RecordedFrame> stack) {
    return stack.stream()
        .map(frame -> layer(frame.getMethod().getType().getName()))
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
  String byLayer() {
    return shares(layers);
  }

  /** The shares of the groups of threads, the greatest first. */
  String byThread() {
    return shares(threads);
  }

  private static String shares(Map<String, Long> parts) {
    long all = Math.max(1, parts.values().stream().mapToLong(Long::longValue).sum());
    List<String> shares =
        parts.entrySet().stream()
            .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
            .limit(MOST)
            .map(e -> String.format(Locale.ROOT, "%s %d%%", e.getKey(), 100 * e.getValue() / all))
            .toList();
    return String.join(", ", shares);
  }
}
