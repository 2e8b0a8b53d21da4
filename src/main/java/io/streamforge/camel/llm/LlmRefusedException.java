package io.streamforge.camel.llm;

/**
 * The server of the model refuses what it was sent: a wrong key, an unknown model, a question that
 * is too long. To ask the same again is of no use.
 */
public final class LlmRefusedException extends Exception {
  private final int status;

  /**
   * @param status the HTTP status, 0 when there was none
   * @param message fit to be shown to whoever runs the service; without secrets
   */
  public LlmRefusedException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The HTTP status of the refusal, 0 when it came otherwise. */
  public int status() {
    return status;
  }
}
