package io.streamforge.workers;

import java.time.Instant;

/**
 * Asks for jobs to work on: those not over whose lease is free, ended by {@code now}, or already
 * the owner's. The claimed ones are leased to {@code owner} until {@code leaseUntil}, and their
 * version grows by one.
 */
public record JobClaim(String owner, Instant now, Instant leaseUntil, int limit) {
  public JobClaim {
    if (!leaseUntil.isAfter(now)) {
      throw new IllegalArgumentException("the lease ends before it starts");
    }
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1: " + limit);
    }
  }
}
