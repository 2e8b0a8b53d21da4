package io.streamforge.summaries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.streamforge.summaries.Summarised.Tokens;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Topics and conclusions of a part of a discussion: what cannot be merged by putting lists
 * together.
 *
 * @param tokens what it cost to merge it
 */
record Gist(List<String> topics, List<String> conclusions, Tokens tokens) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Gist of(Findings findings) {
    return new Gist(findings.topics(), findings.conclusions(), Tokens.NONE);
  }

  /** Several, one after the other, without repetitions. */
  static Gist joined(List<Gist> gists) {
    Tokens tokens = gists.stream().map(Gist::tokens).reduce(Tokens.NONE, Tokens::plus);
    return new Gist(all(gists, Gist::topics), all(gists, Gist::conclusions), tokens);
  }

  private static List<String> all(List<Gist> gists, Function<Gist, List<String>> part) {
    Set<String> texts = new LinkedHashSet<>();
    gists.forEach(gist -> texts.addAll(part.apply(gist)));
    return List.copyOf(texts);
  }

  /** As a model is given it. */
  String line() {
    try {
      return JSON.writeValueAsString(Map.of("topics", topics, "conclusions", conclusions));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts cannot be written as JSON", e);
    }
  }
}
