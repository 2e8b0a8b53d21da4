package io.streamforge.camel.arango;

import java.net.SocketException;

/** The server is not there, not able, or not willing; it may be later. */
public final class UnreachableException extends SocketException {
  UnreachableException(String message, Throwable cause) {
    super(message);
    // Its message says it all; as a cause the driver's failure would be shown in its place.
    addSuppressed(cause);
  }
}
