package io.streamforge.browser;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.openqa.selenium.chrome.ChromeDriver;

/** A browser of its own whose page counts its frames and the messages that it gets. */
final class PageMeter implements AutoCloseable {
  private static final double MEGABYTE = 1_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String COUNTERS =
      """
      const Plain = WebSocket;
      window.meter = { updates: 0, frames: [], long: [], since: 0 };
      window.WebSocket = class extends Plain {
        constructor(...values) {
          super(...values);
          this.addEventListener('message', () => { window.meter.updates += 1; });
        }
      };
      let last = 0;
      const frame = (now) => {
        if (last) {
          window.meter.frames.push(now - last);
        }
        last = now;
        requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
      new PerformanceObserver((list) => window.meter.long.push(...list.getEntries().map((entry) => entry.duration)))
        .observe({ type: 'long-animation-frame' });
      """;
  private static final String RESET =
      "Object.assign(window.meter, { updates: 0, frames: [], long: [], since: performance.now() })";
  private static final String TOLD = "return window.meter.updates >= arguments[0]";
  private static final String READ =
      """
      const { updates, frames, long, since } = window.meter;
      const sorted = frames.toSorted((a, b) => a - b);
      return [
        updates / (performance.now() - since) * 1000,
        sorted.length,
        sorted[Math.floor(sorted.length * 0.5)],
        sorted[Math.floor(sorted.length * 0.99)],
        sorted.at(-1),
        Math.max(0, ...long),
      ].map(Number);
      """;

  /**
   * What was seen.
   *
   * @param longestGap between two frames, in milliseconds: what else is busy on the machine counts
   * @param longestFrame that the page itself was at work for; 0 when none took 50 ms
   * @param processMegabytes of the page's process that are its own
   */
  record Reading(
      double updatesPerSecond,
      double frames,
      double medianGap,
      double p99Gap,
      double longestGap,
      double longestFrame,
      double heapMegabytes,
      double processMegabytes,
      double nodes) {

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.0f updates/s, %.0f frames, from one to the next %.1f ms in the middle, %.1f ms p99,"
              + " %.1f ms at most; heap %.1f MB, process %.1f MB, %.0f nodes",
          updatesPerSecond,
          frames,
          medianGap,
          p99Gap,
          longestGap,
          heapMegabytes,
          processMegabytes,
          nodes);
    }
  }

  private final ChromeDriver driver;
  private final Set<Long> others;

  /** A meter of the browser's processes: all of ours that were not there before. */
  private PageMeter(ChromeDriver driver, Set<Long> others) {
    this.driver = driver;
    this.others = others;
  }

  static PageMeter start() {
    Set<Long> others = processes();
    ChromeDriver driver = Chromium.startUnlogged();
    driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", COUNTERS));
    driver.executeCdpCommand("Performance.enable", Map.of());
    return new PageMeter(driver, others);
  }

  private static Set<Long> processes() {
    return ProcessHandle.current()
        .descendants()
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  ChromeDriver driver() {
    return driver;
  }

  /** Looks at the open page until it was told so many updates. */
  Reading watch(int updates) {
    driver.executeScript(RESET);
    double[] most = new double[3];
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ofSeconds(1))
        .pollInterval(Duration.ofSeconds(1))
        .until(
            () -> {
              Map<String, Double> metrics = metrics();
              most[0] = Math.max(most[0], metrics.getOrDefault("JSHeapUsedSize", 0.0) / MEGABYTE);
              most[1] = Math.max(most[1], processMegabytes());
              most[2] = Math.max(most[2], metrics.getOrDefault("Nodes", 0.0));
              return Boolean.TRUE.equals(driver.executeScript(TOLD, updates));
            });
    List<Double> seen = numbers(requireNonNull(driver.executeScript(READ)));
    return new Reading(
        seen.get(0),
        seen.get(1),
        seen.get(2),
        seen.get(3),
        seen.get(4),
        seen.get(5),
        most[0],
        most[1],
        most[2]);
  }

  private static List<Double> numbers(Object list) {
    return ((List<?>) list).stream().map(each -> ((Number) each).doubleValue()).toList();
  }

  private Map<String, Double> metrics() {
    Object metrics =
        requireNonNull(driver.executeCdpCommand("Performance.getMetrics", Map.of()).get("metrics"));
    return ((List<?>) metrics)
        .stream()
            .map(each -> (Map<?, ?>) each)
            .collect(
                Collectors.toMap(
                    each -> String.valueOf(each.get("name")),
                    each -> ((Number) requireNonNull(each.get("value"))).doubleValue()));
  }

  /**
   * What the largest of the browser's pages has for itself, as Chromium's own task manager counts.
   */
  private double processMegabytes() {
    return processes().stream()
        .filter(pid -> !others.contains(pid))
        .map(pid -> Path.of("/proc/" + pid))
        .filter(process -> read(process.resolve("cmdline")).contains("--type=renderer"))
        .mapToDouble(process -> ownKilobytes(read(process.resolve("status"))) / 1_000)
        .max()
        .orElse(0);
  }

  private static double ownKilobytes(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith("RssAnon:") || line.startsWith("VmSwap:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1.024)
        .sum();
  }

  /** Empty where there is no such process any more, or no such file system. */
  private static String read(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
