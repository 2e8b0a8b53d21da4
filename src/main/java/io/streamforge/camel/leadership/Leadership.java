package io.streamforge.camel.leadership;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this process is the one of several that leads, and who does if not. What it has to do as
 * long as it leads, its {@link Duty}, is begun and ended on one thread, which also looks by itself:
 * an election that has died without a word lets nobody lead on.
 */
public final class Leadership implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);
  private static final long LOOK_MILLIS = 500;
  private static final long LEAVE_SECONDS = 8;

  private final Election election;
  private final String self;
  private final Clock clock;
  private final List<Duty> duties = new CopyOnWriteArrayList<>();
  private final AtomicLong changes = new AtomicLong();
  private final ScheduledExecutorService work =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "leadership");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean leaving;
  private volatile @Nullable Leader leader;
  private volatile @Nullable String trouble;
  private boolean led;
  private boolean settled = true;
  private @Nullable CompletableFuture<Void> left;

  /** What is done as long as this process leads. */
  public interface Duty {
    /** Does it, or ends it; repeated until it returns true, which says that it is so. */
    boolean perform(boolean leading);
  }

  /** Who leads, and since when by the leader's clock. */
  public record Leader(String name, Instant since) {
    public Leader {
      requireNonNull(name, "name is null");
      requireNonNull(since, "since is null");
    }
  }

  /**
   * What is known.
   *
   * @param kind what chooses the leader
   * @param self the name of this process
   * @param leader as last seen; empty when nobody leads or none was seen yet
   * @param trouble why it cannot be found out who leads; empty when it can
   */
  public record State(
      String kind,
      String self,
      boolean leading,
      Optional<Leader> leader,
      Optional<String> trouble) {}

  /**
   * @param self the name of this process, which no other one has
   */
  public Leadership(Election election, String self, Clock clock) {
    this.election = requireNonNull(election, "election is null");
    this.self = requireNonNull(self, "self is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** Adds something to be done by the leader; before the start. */
  public void add(Duty duty) {
    duties.add(duty);
  }

  /** Stands for election. */
  public void start() {
    election.stand(new Standing());
    Future<?> unused =
        work.scheduleWithFixedDelay(this::settle, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Whether this process may act as the leader now: it leads, and no other one can have taken over
   * yet, even if this one was frozen for a while.
   */
  public boolean holds() {
    return !leaving && election.holds();
  }

  /** What is known. */
  public State state() {
    return new State(
        election.kind(), self, holds(), Optional.ofNullable(leader), Optional.ofNullable(trouble));
  }

  /** Fails with the reason when no leader can be chosen. */
  public void check() throws Exception {
    election.check();
  }

  /** How often this process has begun to lead, or ceased to. */
  public long changes() {
    return changes.get();
  }

  /** Ends the duties, gives the lead up, and stands no more; completes when others can lead. */
  public synchronized CompletableFuture<Void> leave() {
    if (left == null) {
      leaving = true;
      left =
          CompletableFuture.runAsync(
              () -> {
                settle();
                election.leave();
              },
              work);
    }
    return left;
  }

  /** As {@link #leave}, and waits for it for some seconds. */
  @Override
  public void close() {
    try {
      leave().get(LEAVE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      LOG.warn("{} could not give the lead up in time: others wait until it has run out", self);
    } catch (Exception e) {
      LOG.warn("{} could not give the lead up: {}", self, e.toString());
    }
    work.shutdown();
  }

  /** Brings what is done in line with whether this process leads. */
  private void settle() {
    boolean leads = holds();
    if (leads != led) {
      led = leads;
      settled = false;
      leader = leads ? new Leader(self, clock.instant()) : null;
      changes.incrementAndGet();
      LOG.info("this process leads{} ({}): {}", leads ? "" : " no more", election.kind(), self);
    }
    if (!settled) {
      settled = true;
      for (Duty duty : duties) {
        settled &= duty.perform(leads);
      }
    }
  }

  private void settleSoon() {
    try {
      work.execute(this::settle);
    } catch (RejectedExecutionException closed) {
      // Whoever closes has ended the duties before.
      return;
    }
  }

  private final class Standing implements Election.Candidate {
    @Override
    public void changed() {
      settleSoon();
    }

    @Override
    public void works() {
      trouble = null;
    }

    @Override
    public void seen(String name, Instant since) {
      Leader before = leader;
      if (name.equals(self) || holds() || (before != null && before.name().equals(name))) {
        return;
      }
      leader = name.isEmpty() ? null : new Leader(name, since);
      if (!name.isEmpty()) {
        LOG.info("another process leads ({}) since {}: {}", election.kind(), since, name);
      }
    }

    @Override
    public void troubled(String reason) {
      if (!reason.equals(trouble)) {
        LOG.warn("it cannot be found out who leads ({}): {}", election.kind(), reason);
      }
      trouble = reason;
    }
  }
}
