package io.streamforge.camel.contract;

import static java.util.Objects.requireNonNull;

/** What is wrong with one field of a request, in words fit for a client. */
public record Fault(String field, String message) {
  public Fault {
    requireNonNull(field, "field is null");
    requireNonNull(message, "message is null");
  }
}
