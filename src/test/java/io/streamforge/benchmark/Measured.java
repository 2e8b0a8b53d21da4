package io.streamforge.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.List;

/**
 * What one round showed.
 *
 * @param perSecond operations a second by the clock
 * @param cpuMicros processor time of the whole JVM for one operation, its clients and broker
 *     included
 * @param p99Millis the time that one operation in a hundred exceeds; 0 when none was taken singly
 */
record Measured(double perSecond, double cpuMicros, double p99Millis) {
  private static final OperatingSystemMXBean MACHINE =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** A clock that runs from now on. */
  static Watch watch() {
    return new Watch(System.nanoTime(), MACHINE.getProcessCpuTime());
  }

  record Watch(long nanos, long cpu) {

    Measured stop(long operations) {
      return stop(operations, 0);
    }

    Measured stop(long operations, double p99Millis) {
      double seconds = (System.nanoTime() - nanos) / 1e9;
      double cpuMicros = (MACHINE.getProcessCpuTime() - cpu) / 1e3 / operations;
      return new Measured(operations / seconds, cpuMicros, p99Millis);
    }
  }

  /** The one in the middle, by the clock. */
  static Measured median(List<Measured> rounds) {
    List<Measured> ordered =
        rounds.stream().sorted(Comparator.comparing(Measured::perSecond)).toList();
    return ordered.get(ordered.size() / 2);
  }
}
