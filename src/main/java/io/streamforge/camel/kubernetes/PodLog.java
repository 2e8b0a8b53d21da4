package io.streamforge.camel.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/** The end of what a pod has written to its output. */
public final class PodLog {
  private static final int LINES = 200;

  /** The API cuts the tail at its end: more is asked than is kept. */
  private static final int ASKED_BYTES = 256 * 1024;

  private PodLog() {}

  /**
   * The last bytes of a pod's log; in their place, in parentheses, why there is none.
   *
   * @param container null when the pod has only one
   * @param most how many bytes of UTF-8 at most
   */
  public static String tail(Cluster cluster, String pod, @Nullable String container, int most)
      throws PeerAwayException {
    cluster.gate().pass();
    try {
      var found = cluster.client().pods().inNamespace(cluster.namespace()).withName(pod);
      var log = container == null ? found : found.inContainer(container);
      return last(log.limitBytes(ASKED_BYTES).tailingLines(LINES).getLog(), most);
    } catch (KubernetesClientException e) {
      return "(no log: " + Answers.words(e) + ")";
    }
  }

  static String last(String text, int most) {
    byte[] bytes = text.getBytes(UTF_8);
    int from = Math.max(0, bytes.length - most);
    while (from < bytes.length && isContinuation(bytes[from]) && from > 0) {
      from++;
    }
    return new String(bytes, from, bytes.length - from, UTF_8);
  }

  private static boolean isContinuation(byte value) {
    return (value & 0xC0) == 0x80;
  }
}
