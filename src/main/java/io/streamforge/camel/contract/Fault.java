package io.streamforge.camel.contract;

import static java.util.Objects.requireNonNull;

/**
 * One thing that is wrong with a request.
 *
 * @param field where, as a client would write it: {@code requests[2].type}
 * @param message what the field must be, fit to follow its name: {@code must be an integer}
 */
public record Fault(String field, String message) {
  public Fault {
    requireNonNull(field, "field is null");
    requireNonNull(message, "message is null");
  }
}
