package io.streamforge.camel.kubernetes;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls to a peer through: at most so many a second, and none while the peer is away or has
 * asked to be left alone. Whoever calls is kept waiting for a short time only, and told to come
 * back otherwise.
 */
public final class CallGate {
  /** Whoever was told to come back and does not for that long has given up. */
  private static final long PATIENT_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final long intervalNanos;
  private final long burstNanos;
  private final long patienceNanos;
  private final long shortestPauseNanos;
  private final long longestPauseNanos;
  private final int perSecond;
  private final Map<String, Long> waiting = new LinkedHashMap<>();
  private long nextFree = System.nanoTime();
  private long closedUntil = nextFree;
  private long restUntil = nextFree;
  private long lastPauseNanos;
  private @Nullable String closedBecause;
  private @Nullable String restBecause;

  /**
   * @param perSecond how many calls a second in the long run
   * @param burst how many at once after a rest
   * @param patience how long a caller is kept waiting at most
   * @param shortestPause how long no call is made after one that failed; twice as long each time
   * @param longestPause the longest such pause
   */
  public CallGate(
      int perSecond, int burst, Duration patience, Duration shortestPause, Duration longestPause) {
    this.perSecond = perSecond;
    intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    burstNanos = intervalNanos * (burst - 1);
    patienceNanos = patience.toNanos();
    shortestPauseNanos = shortestPause.toNanos();
    longestPauseNanos = longestPause.toNanos();
    nextFree -= burstNanos;
  }

  /**
   * Returns when the call may be made.
   *
   * @throws PeerAwayException when it may not be made soon
   */
  public void pass() throws PeerAwayException {
    await(reserve(System.nanoTime()));
  }

  /**
   * As {@link #pass()}, in order: while callers wait who came before, one that is new is told to
   * come back.
   *
   * @param caller by which a caller that comes back is known
   */
  public void passInTurn(String caller) throws PeerAwayException {
    long wait;
    synchronized (this) {
      long now = System.nanoTime();
      waiting.values().removeIf(last -> now - last > PATIENT_NANOS);
      boolean another = !waiting.isEmpty() && !waiting.containsKey(caller);
      waiting.put(caller, now);
      if (another) {
        throw busy();
      }
      wait = reserve(now);
      waiting.remove(caller);
    }
    await(wait);
  }

  private synchronized long reserve(long now) throws PeerAwayException {
    if (restUntil - now > 0) {
      throw new PeerAwayException(String.valueOf(restBecause));
    }
    if (closedUntil - now > 0) {
      throw new PeerAwayException(String.valueOf(closedBecause));
    }
    nextFree = Math.max(nextFree, now - burstNanos);
    long wait = Math.max(0, nextFree - now);
    if (wait > patienceNanos) {
      throw busy();
    }
    nextFree += intervalNanos;
    return wait;
  }

  private PeerAwayException busy() {
    return new PeerAwayException(
        "waits for its turn: at most " + perSecond + " requests a second are made");
  }

  private static void await(long nanos) throws PeerAwayException {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PeerAwayException("interrupted", e);
    }
  }

  /** A call was answered. */
  public synchronized void worked() {
    lastPauseNanos = 0;
    closedUntil = System.nanoTime();
  }

  /** A call was not answered, or by a peer that is in trouble: none is made for a while. */
  public synchronized void failed(String reason) {
    lastPauseNanos = Math.min(longestPauseNanos, Math.max(shortestPauseNanos, 2 * lastPauseNanos));
    closedUntil = System.nanoTime() + lastPauseNanos;
    closedBecause = reason;
  }

  /** The peer asks to be left alone; that others are answered meanwhile changes nothing. */
  public synchronized void rest(String reason, Duration time) {
    long until = System.nanoTime() + time.toNanos();
    if (until - restUntil > 0) {
      restUntil = until;
      restBecause = reason;
    }
  }
}
