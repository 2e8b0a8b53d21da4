package io.streamforge.camel.kubernetes;

import java.net.ConnectException;

/**
 * A call was not made, or got no answer that says what became of it; it may be made again later.
 */
public final class PeerAwayException extends ConnectException {
  private static final long serialVersionUID = 1;

  PeerAwayException(String message) {
    super(message);
  }

  PeerAwayException(String message, Throwable cause) {
    super(message);
    initCause(cause);
  }
}
