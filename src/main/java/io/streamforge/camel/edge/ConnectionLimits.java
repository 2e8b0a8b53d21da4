package io.streamforge.camel.edge;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * What a client's connection may take, so that those who say little and slowly hold nothing for
 * long.
 *
 * @param most how many there may be at once, WebSockets included
 * @param ofOne how many of them one address may hold
 * @param head how long a request's head may take to arrive, from its first byte or the connection
 * @param body how long its body may take after that
 * @param idle how long a connection is kept between two requests, and with an answer of which
 *     nothing is read; longer than a proxy in front keeps its own, which else sends a request into
 *     a connection that is just being closed
 */
public record ConnectionLimits(int most, int ofOne, Duration head, Duration body, Duration idle) {
  /** Room for all that a test does. */
  static final ConnectionLimits WIDE =
      new ConnectionLimits(
          100_000, 100_000, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(75));

  public ConnectionLimits {
    requireNonNull(idle, "idle is null");
    if (most < 1 || ofOne < 1 || head.isZero() || body.isZero() || idle.isZero()) {
      throw new IllegalArgumentException("connections need some room and some time");
    }
  }
}
