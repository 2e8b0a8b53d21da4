package io.streamforge.camel.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.security.cert.CertPathBuilderException;
import java.util.Objects;
import java.util.stream.Stream;
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
    return causes(failure).anyMatch(CertPathBuilderException.class::isInstance)
        ? "the certificate that the API server shows is signed by an authority that is not trusted"
            + " here: put the authority's certificate into K8S_CA_FILE, or into the kubeconfig"
        : "the API server cannot be reached: " + innermost(failure);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }

  private static String innermost(Throwable failure) {
    Throwable cause = causes(failure).reduce(failure, (outer, inner) -> inner);
    @Nullable String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null || message.isBlank() ? name : message;
  }
}
