package io.streamforge.camel.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * Limits how often each of many does something. Only so many are remembered: whoever has been quiet
 * for longest begins anew, and is then as good as rested anyway.
 */
final class Limiter {
  private static final long MOST_REMEMBERED = 20_000;

  private final LoadingCache<String, Bucket> buckets;

  /**
   * @param rate how often in the period, in the long run
   * @param burst how often at once after a rest
   */
  Limiter(int rate, Duration period, int burst) {
    Duration untilRested = period.multipliedBy(burst / rate + 1L);
    buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterAccess(untilRested)
            // Nothing of it takes long enough to be worth another thread.
            .executor(Runnable::run)
            .build(
                key ->
                    Bucket.builder()
                        .addLimit(limit -> limit.capacity(burst).refillGreedy(rate, period))
                        .build());
  }

  /** Takes one; tells in how many seconds to come back, 0 if there was one left to take. */
  int take(String key) {
    var probe = buckets.get(key).tryConsumeAndReturnRemaining(1);
    return probe.isConsumed() ? 0 : seconds(probe.getNanosToWaitForRefill());
  }

  /** As {@link #take}, taking nothing. */
  int look(String key) {
    var estimate = buckets.get(key).estimateAbilityToConsume(1);
    return estimate.canBeConsumed() ? 0 : seconds(estimate.getNanosToWaitForRefill());
  }

  private static int seconds(long nanos) {
    return (int) Math.max(1, (nanos + 999_999_999L) / 1_000_000_000L);
  }
}
