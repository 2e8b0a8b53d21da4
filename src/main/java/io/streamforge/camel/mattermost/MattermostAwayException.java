package io.streamforge.camel.mattermost;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
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

  /** How long the server asked to wait. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
