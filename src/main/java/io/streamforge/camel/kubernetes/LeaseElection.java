package io.streamforge.camel.kubernetes;

import static java.util.Objects.requireNonNull;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfig;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.streamforge.camel.leadership.Election;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Among the processes of a cluster: whoever has written its name into a Lease, and does so again
 * and again, leads. It needs the verbs get, create and patch on leases in the namespace.
 */
public final class LeaseElection implements Election {
  private static final Logger LOG = LoggerFactory.getLogger(LeaseElection.class);

  private final Cluster cluster;
  private final String lease;
  private final String self;
  private final Times times;
  private volatile boolean leaving;
  private volatile boolean elected;
  private volatile @Nullable HeldLease lock;
  private @Nullable Thread thread;
  private @Nullable CompletableFuture<?> standing;

  /**
   * How long things take.
   *
   * @param lease for how long nobody takes over from a leader that is not heard of
   * @param renewal a leader that could not renew its lease for so long leads no more
   * @param retry how often the lease is renewed, or looked at
   */
  public record Times(Duration lease, Duration renewal, Duration retry) {
    public Times {
      requireNonNull(lease, "lease is null");
      requireNonNull(renewal, "renewal is null");
      requireNonNull(retry, "retry is null");
      if (renewal.compareTo(lease) >= 0) {
        throw new IllegalArgumentException("a leader must give up before others take over");
      }
      // The client waits up to 2.2 times as long between two tries.
      if (retry.multipliedBy(11).compareTo(renewal.multipliedBy(5)) >= 0) {
        throw new IllegalArgumentException("a renewal must be tried more than twice");
      }
    }
  }

  /**
   * @param cluster is closed with the election
   * @param lease the name of the Lease, in the namespace of the cluster
   * @param self the name of this process, which no other one has
   */
  public LeaseElection(Cluster cluster, String lease, String self, Times times) {
    this.cluster = cluster;
    this.lease = lease;
    this.self = self;
    this.times = times;
  }

  @Override
  public String kind() {
    return "lease";
  }

  @Override
  public void check() throws Exception {
    try {
      cluster.askNow(
          () ->
              cluster
                  .client()
                  .resources(Lease.class)
                  .inNamespace(cluster.namespace())
                  .withName(lease)
                  .get());
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  @Override
  public synchronized void stand(Candidate candidate) {
    Thread started = new Thread(() -> run(candidate), "leader-election");
    started.setDaemon(true);
    started.start();
    thread = started;
  }

  /** An elector of the client's ends with the loss of the lead: each term has its own. */
  private void run(Candidate candidate) {
    for (int term = 1; !leaving; term++) {
      // Under the name of the last term a Lease that cannot be renewed would count as won again.
      HeldLease held =
          new HeldLease(
              cluster.namespace(), lease, self + "/" + term, candidate, Clock.systemUTC(), lock);
      try {
        CompletableFuture<?> elector = begin(held, candidate);
        if (elector != null) {
          elector.get();
        }
        TimeUnit.NANOSECONDS.sleep(times.retry().toNanos());
      } catch (InterruptedException | CancellationException left) {
        return;
      } catch (ExecutionException e) {
        candidate.troubled(String.valueOf(e.getCause()));
      }
    }
  }

  private synchronized @Nullable CompletableFuture<?> begin(HeldLease held, Candidate candidate) {
    if (leaving) {
      return null;
    }
    lock = held;
    CompletableFuture<?> elector =
        cluster.client().leaderElector().withConfig(config(held, candidate)).build().start();
    standing = elector;
    return elector;
  }

  private LeaderElectionConfig config(HeldLease held, Candidate candidate) {
    return new LeaderElectionConfigBuilder()
        .withName(lease)
        .withLock(held)
        .withLeaseDuration(times.lease())
        .withRenewDeadline(times.renewal())
        .withRetryPeriod(times.retry())
        .withReleaseOnCancel(true)
        .withLeaderCallbacks(
            new LeaderCallbacks(
                () -> elected(true, candidate), () -> elected(false, candidate), leader -> {}))
        .build();
  }

  private void elected(boolean leads, Candidate candidate) {
    elected = leads;
    candidate.changed();
  }

  @Override
  public boolean holds() {
    HeldLease held = lock;
    return elected && held != null && held.isRenewedWithin(times.renewal());
  }

  @Override
  public void leave() {
    CompletableFuture<?> elector;
    synchronized (this) {
      leaving = true;
      elector = standing;
      if (thread != null) {
        thread.interrupt();
      }
    }
    if (elector != null && !elector.cancel(true)) {
      LOG.debug("the election was over");
    }
    cluster.close();
  }
}
