package io.streamforge.camel.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import io.streamforge.camel.leadership.Election.Candidate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A Lease as the client's elector sees it, with three things that the elector (7.4) lacks: the age
 * of a lease is counted from when this process saw it change, since the clocks of two machines need
 * not agree; any failure is one that the elector survives; and it is known when the lease was last
 * renewed.
 */
final class HeldLease implements Lock {
  private final LeaseLock lease;
  private final Candidate candidate;
  private final Clock clock;
  private @Nullable ZonedDateTime seenRenewal;

  /** By the clock that nobody sets, in nanoseconds. */
  private @Nullable Long seenAt;

  private volatile long renewed;
  private volatile boolean everRenewed;

  /**
   * @param clock the one that the elector compares with: the machine's, which may be set
   * @param before the same lease under another identity of this process: how old it is, is known
   */
  HeldLease(
      String namespace,
      String name,
      String identity,
      Candidate candidate,
      Clock clock,
      @Nullable HeldLease before) {
    this.lease = new LeaseLock(namespace, name, identity);
    this.candidate = candidate;
    this.clock = clock;
    if (before != null) {
      synchronized (before) {
        seenRenewal = before.seenRenewal;
        seenAt = before.seenAt;
      }
    }
  }

  /** Whether it was renewed by us within that time, counted from before it was asked for. */
  boolean isRenewedWithin(Duration time) {
    return everRenewed && System.nanoTime() - renewed < time.toNanos();
  }

  @Override
  public @Nullable LeaderElectionRecord get(KubernetesClient client) {
    LeaderElectionRecord there = survivable(() -> lease.get(client));
    if (there == null) {
      candidate.seen("", Instant.now());
      return null;
    }
    String holder = there.getHolderIdentity() == null ? "" : there.getHolderIdentity();
    candidate.seen(holder.replaceFirst("/[0-9]+$", ""), there.getAcquireTime().toInstant());
    return new LeaderElectionRecord(
        there.getHolderIdentity(),
        there.getLeaseDuration(),
        there.getAcquireTime(),
        lastSeenToChange(there.getRenewTime()),
        there.getLeaderTransitions());
  }

  private synchronized ZonedDateTime lastSeenToChange(ZonedDateTime renewal) {
    Long seen = seenAt;
    long now = System.nanoTime();
    if (seen != null && renewal.equals(seenRenewal)) {
      // The elector takes it off the time of day, which may have been set meanwhile.
      return ZonedDateTime.now(clock).minusNanos(now - seen);
    }
    seenRenewal = renewal;
    seenAt = now;
    if (seen != null) {
      candidate.works();
    }
    return ZonedDateTime.now(clock);
  }

  @Override
  public void create(KubernetesClient client, LeaderElectionRecord mine) {
    write(() -> lease.create(client, mine));
  }

  @Override
  public void update(KubernetesClient client, LeaderElectionRecord mine) {
    write(() -> lease.update(client, mine));
  }

  private void write(Runnable writing) {
    long begun = System.nanoTime();
    survivable(
        () -> {
          writing.run();
          return true;
        });
    renewed = begun;
    everRenewed = true;
    candidate.works();
  }

  /** What is no exception of the client's would end the elector without a word. */
  private <T> T survivable(Supplier<T> call) {
    try {
      return call.get();
    } catch (KubernetesClientException e) {
      if (e.getCode() != 409) {
        candidate.troubled(Answers.words(e));
      }
      throw e;
    } catch (RuntimeException e) {
      candidate.troubled("the lease " + lease.describe() + " cannot be used: " + e);
      throw new KubernetesClientException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public String identity() {
    return lease.identity();
  }

  @Override
  public String describe() {
    return lease.describe();
  }
}
