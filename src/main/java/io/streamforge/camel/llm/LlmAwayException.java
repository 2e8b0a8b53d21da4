package io.streamforge.camel.llm;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server of the model gave no usable answer: out of reach, overloaded, too slow, or it answered
 * with nothing. To ask again later may help.
 */
public final class LlmAwayException extends IOException {
  private final transient Optional<Duration> retryAfter;

  /**
   * @param message fit to be shown to whoever runs the service; without secrets
   * @param retryAfter how long the server asked to wait, if it did
   */
  public LlmAwayException(
      String message, Optional<Duration> retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  /** How long the server asked to wait. */
  public Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
