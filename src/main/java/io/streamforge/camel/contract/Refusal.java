package io.streamforge.camel.contract;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Thrown where a request cannot be obeyed, with the answer that its client gets. */
public final class Refusal extends RuntimeException {
  private final int status;
  private final transient List<Fault> faults;
  private final @Nullable Integer retryAfterSeconds;

  /**
   * @param status from 400 to 599
   * @param message what the client can do about it
   * @param faults the fields that are wrong, may be empty
   * @param retryAfterSeconds when to try again, null where trying again does not help
   */
  public Refusal(
      int status, String message, List<Fault> faults, @Nullable Integer retryAfterSeconds) {
    super(message);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("not the status of an error: " + status);
    }
    this.status = status;
    this.faults = List.copyOf(faults);
    this.retryAfterSeconds = retryAfterSeconds;
  }

  public Refusal(int status, String message) {
    this(status, message, List.of(), null);
  }

  /** The answer to fields that are wrong: 422 with all of them. */
  public static Refusal of(List<Fault> faults) {
    var what = faults.size() == 1 ? "field that is" : faults.size() + " fields that are";
    return new Refusal(422, "Correct the " + what + " listed in data.errors", faults, null);
  }

  /**
   * The refusal behind a failure; for routes, whose expressions wrap what their beans throw.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Refusal behind(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return refusal;
      }
    }
    throw new IllegalArgumentException("not a refusal: " + failure, failure);
  }

  /** Throws a refusal; for routes, which cannot give {@code throwException} a status. */
  @SuppressWarnings("DoNotCallSuggester") // Routes are meant to call it.
  public static void refuse(int status, String message) {
    throw new Refusal(status, message);
  }

  public int status() {
    return status;
  }

  public List<Fault> faults() {
    return faults;
  }

  public @Nullable Integer retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /** The body of the answer. */
  public ObjectNode envelope() {
    return Envelope.error(getMessage() == null ? "" : getMessage(), faults);
  }

  /** A refusal is an answer, not a failure: nobody looks at where it was thrown. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
