package io.streamforge.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The table that the benchmark prints. */
public final class Report {
  private final List<String> lines = new ArrayList<>();

  /** A rate beside its baseline's; the ratio is to be at least {@code goal}. */
  void compare(String subject, Comparison compared, double goal, StackSampler where) {
    Measured service = compared.service();
    Measured baseline = compared.baseline();
    boolean reached = compared.ratio() >= goal;
    add(
        "%-26s %,10.0f/s against %,10.0f/s: ratio %.2f, by CPU %.2f, goal %.2f %s",
        subject,
        service.perSecond(),
        baseline.perSecond(),
        compared.ratio(),
        compared.cpuRatio(),
        goal,
        verdict(reached));
    String tail =
        service.p99Millis() == 0
            ? ""
            : ", p99 %.1f ms against %.1f ms".formatted(service.p99Millis(), baseline.p99Millis());
    add(
        "%-26s CPU %.1f us each against %.1f us%s",
        "", service.cpuMicros(), baseline.cpuMicros(), tail);
    if (!reached) {
      where(where);
    }
  }

  /** Where the time goes. */
  void where(StackSampler where) {
    add("%-26s CPU by layer: %s", "", where.byLayer());
    add("%-26s CPU by thread: %s", "", where.byThread());
  }

  /** A value that is to be at most {@code goal}. */
  public void limit(String subject, double value, double goal, String unit) {
    add("%-26s %,.2f %s, goal at most %.2f %s", subject, value, unit, goal, verdict(value <= goal));
  }

  private static String verdict(boolean reached) {
    return reached ? "reached" : "MISSED";
  }

  public void add(String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values);
    System.out.println("[benchmark] " + line);
    lines.add(line);
  }

  /** Prints everything again, in one piece. */
  public void print() {
    System.out.println("\n" + String.join("\n", lines) + "\n");
  }
}
