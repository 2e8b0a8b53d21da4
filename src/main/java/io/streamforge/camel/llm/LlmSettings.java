package io.streamforge.camel.llm;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a server is, and how long it is waited for.
 *
 * @param url without a slash at its end, and without {@code /v1}
 * @param key sent as a bearer token; empty: none
 * @param proxyToken sent as {@code X-PROXY-AUTH}; empty: none
 * @param authority a PEM file of the authorities to trust over https; empty: the system's
 * @param firstToken how long the first word of an answer may take
 * @param nextToken how long each further word may take
 * @param connections how many at the same time
 */
public record LlmSettings(
    String url,
    String model,
    String key,
    String proxyToken,
    String authority,
    Duration firstToken,
    Duration nextToken,
    int connections) {

  /** The same for a server that knows no keys. */
  public LlmSettings withoutKey() {
    return new LlmSettings(
        url, model, "", proxyToken, authority, firstToken, nextToken, connections);
  }

  /** What nobody may see, of a text that a server sent. */
  List<String> secrets() {
    return Stream.of(key, proxyToken).filter(secret -> !secret.isEmpty()).toList();
  }

  @Override
  public String toString() {
    return url;
  }
}
