package io.streamforge.camel.mattermost;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Mattermost gave no usable answer: out of reach, too slow, 429, 5xx. Whether a write took place is
 * unknown. To ask again later may help.
 */
public final class MattermostAwayException extends IOException {
  private final transient Optional<Duration> retryAfter;

  /**
   * @param message fit to be shown to whoever runs the service; without secrets
   * @param retryAfter how long the server asked to wait, if it did
   */
  public MattermostAwayException(
      String message, Optional<Duration> retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  /** Whether a write was sent and not answered: it may have taken place, or may do so yet. */
  public boolean inDoubt() {
    Throwable cause = getCause();
    return cause != null
        && !(cause instanceof ConnectException
            || cause instanceof UnknownHostException
            || cause instanceof NoRouteToHostException
            || cause instanceof ConnectTimeoutException
            || cause instanceof ConnectionRequestTimeoutException);
  }

  /** How long the server asked to wait. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
