package io.streamforge.camel.mattermost;

/** Mattermost refuses a request: 4xx but 429. To send the same again is of no use. */
public final class MattermostRefusedException extends Exception {
  private final int status;
  private final String errorId;

  /**
   * @param status the HTTP status
   * @param errorId Mattermost's name of the error, such as {@code
   *     api.context.session_expired.app_error}; empty when it gave none
   */
  public MattermostRefusedException(int status, String errorId, String message) {
    super(message);
    this.status = status;
    this.errorId = errorId;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** Mattermost's name of the error; empty when it gave none. */
  public String errorId() {
    return errorId;
  }
}
