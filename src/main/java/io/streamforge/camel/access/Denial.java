package io.streamforge.camel.access;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.streamforge.camel.contract.Refusal;
import java.util.List;
import java.util.Locale;

/** Why somebody is not let in, with the answer for them. */
final class Denial extends RuntimeException {
  /** Counted under these names. */
  enum Reason {
    MISSING(401),
    UNKNOWN(401),
    SCOPE(403),
    RATE(429),
    BUSY(429),
    QUERY(400),
    PROXY(403),
    AWAY(503);

    private final int status;

    Reason(int status) {
      this.status = status;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Reason reason;
  private final transient Refusal answer;

  private Denial(Reason reason, Refusal answer) {
    super(answer.getMessage());
    this.reason = requireNonNull(reason, "reason is null");
    this.answer = answer;
  }

  static Denial of(Reason reason, String message) {
    return new Denial(reason, new Refusal(reason.status, message));
  }

  /** One that ends by itself. */
  static Denial forNow(Reason reason, String message, int retryAfterSeconds) {
    return new Denial(reason, new Refusal(reason.status, message, List.of(), retryAfterSeconds));
  }

  Reason reason() {
    return reason;
  }

  void countBy(MeterRegistry meters) {
    meters.counter("access.refusals", "reason", reason.word()).increment();
  }

  Refusal answer() {
    return answer;
  }

  /** It is an answer: nobody looks at where it was thrown. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
