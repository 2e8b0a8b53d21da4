package io.streamforge.camel.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;

/** The API server will not do what it was asked; asking again does not help. */
public final class PeerRefusedException extends IOException {
  private static final long serialVersionUID = 1;
  private final int code;

  PeerRefusedException(KubernetesClientException answer) {
    super(Answers.words(answer), answer);
    code = answer.getCode();
  }

  /** The HTTP status of the answer. */
  public int code() {
    return code;
  }
}
