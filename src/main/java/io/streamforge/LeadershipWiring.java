package io.streamforge;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.streamforge.camel.kubernetes.CallGate;
import io.streamforge.camel.kubernetes.Cluster;
import io.streamforge.camel.kubernetes.LeaseElection;
import io.streamforge.camel.leadership.Election;
import io.streamforge.camel.leadership.Everyone;
import io.streamforge.camel.leadership.FileElection;
import io.streamforge.camel.leadership.LeaderOnly;
import io.streamforge.camel.leadership.Leadership;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;

/** Makes what decides which of several processes does what only one may do. */
final class LeadershipWiring {
  private LeadershipWiring() {}

  /** Binds {@code leadership}, and {@code leaderOnly}, the policy of the leader's routes. */
  static Leadership bind(CamelContext camel, Settings settings, Clock clock) {
    String self = settings.text("process.name");
    Leadership leadership = new Leadership(election(settings, self), self, clock);
    Registry registry = camel.getRegistry();
    registry.bind("leadership", leadership);
    registry.bind("leaderOnly", new LeaderOnly(leadership));
    MeterRegistry meters = registry.findSingleByType(MeterRegistry.class);
    if (meters != null) {
      show(leadership, meters);
    }
    return leadership;
  }

  private static void show(Leadership leadership, MeterRegistry meters) {
    Gauge.builder("leadership.leading", leadership, one -> one.state().leading() ? 1 : 0)
        .description("Whether this process leads")
        .register(meters);
    FunctionCounter.builder("leadership.changes", leadership, Leadership::changes)
        .description("How often this process has begun to lead, or ceased to")
        .register(meters);
  }

  private static Election election(Settings settings, String self) {
    return switch (settings.text("leadership")) {
      case "lease" -> lease(settings, self);
      case "file" -> new FileElection(Path.of(settings.text("data.dir")), self);
      default -> new Everyone();
    };
  }

  /** A client of its own: renewals wait behind nothing, and for no answer longer than they may. */
  private static Election lease(Settings settings, String self) {
    Duration renewal = settings.duration("leader.renewal");
    Duration pause = settings.duration("leader.retry.period");
    Cluster cluster =
        new Cluster(
            settings.text("k8s.master"),
            settings.text("k8s.token.file"),
            settings.text("k8s.ca.file"),
            settings.text("k8s.kubeconfig"),
            settings.text("k8s.namespace"),
            settings.duration("k8s.connect.timeout"),
            renewal.dividedBy(2),
            new CallGate(
                settings.number("k8s.qps"), settings.number("k8s.burst"), pause, pause, pause));
    return new LeaseElection(
        cluster,
        settings.text("instance") + "-leader",
        self,
        new LeaseElection.Times(settings.duration("leader.lease"), renewal, pause));
  }
}
