package io.streamforge.playground;

import java.util.Set;

/**
 * The one model of a server.
 *
 * @param name without a tag, or with one such as {@code :8b}
 * @param thinks whether it thinks unless told not to
 * @param context how many tokens it can have before it when the request does not say
 * @param unsupported fields of requests that the server does not know, and refuses
 */
record LlmModel(String name, boolean thinks, int context, Set<String> unsupported) {
  LlmModel {
    unsupported = Set.copyOf(unsupported);
  }

  /** Whether a request means it; Ollama adds {@code :latest} to a name without a tag. */
  boolean isCalled(String asked) {
    return tagged(asked).equals(tagged(name));
  }

  private static String tagged(String name) {
    return name.contains(":") ? name : name + ":latest";
  }
}
