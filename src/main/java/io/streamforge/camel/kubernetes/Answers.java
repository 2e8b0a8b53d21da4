package io.streamforge.camel.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/** What the API server says when it does not do what it was asked. */
public final class Answers {

  private static final int UNAUTHORIZED = 401;
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;

  private Answers() {}

  /**
   * Whether the same call may do later what it did not do now. That is so of a wrong token too,
   * which is repaired without the caller.
   */
  public static boolean isPassing(KubernetesClientException failure) {
    int code = failure.getCode();
    return code <= 0 || code == UNAUTHORIZED || code == TOO_MANY || code >= SERVER_ERROR;
  }

  /** The API server's own words, else what happened to the connection. */
  public static String words(KubernetesClientException failure) {
    Status status = failure.getStatus();
    if (status != null && status.getMessage() != null && !status.getMessage().isBlank()) {
      return "the API server answers " + failure.getCode() + ": " + status.getMessage();
    }
    if (failure.getCode() > 0) {
      return "the API server answers " + failure.getCode();
    }
    return "the API server cannot be reached: " + innermost(failure);
  }

  private static String innermost(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    @Nullable String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null || message.isBlank() ? name : message;
  }
}
