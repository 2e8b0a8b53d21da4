package io.streamforge.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Rounds of a baseline and of the service, in turn, so that both meet the same machine. */
record Comparison(Measured baseline, Measured service) {

  /** Runs {@code warm} pairs of rounds that do not count, then {@code rounds} that do. */
  static Comparison of(
      int warm, int rounds, Callable<Measured> baseline, Callable<Measured> service)
      throws Exception {
    List<Measured> baselines = new ArrayList<>();
    List<Measured> services = new ArrayList<>();
    for (int round = 0; round < warm + rounds; round++) {
      Measured one = baseline.call();
      Measured other = service.call();
      if (round >= warm) {
        baselines.add(one);
        services.add(other);
      }
    }
    return new Comparison(Measured.median(baselines), Measured.median(services));
  }

  double ratio() {
    return service.perSecond() / baseline.perSecond();
  }

  double cpuRatio() {
    return baseline.cpuMicros() / service.cpuMicros();
  }
}
