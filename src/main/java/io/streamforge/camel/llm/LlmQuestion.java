package io.streamforge.camel.llm;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What a model is asked, in one go and without memory of questions before.
 *
 * @param system the instructions
 * @param user the data that they are about
 * @param schema the JSON schema that the answer has to meet, where the server supports that; null
 *     for plain text
 * @param longestAnswer how many tokens the answer may have
 */
public record LlmQuestion(
    String system, String user, @Nullable JsonNode schema, int longestAnswer) {
  public LlmQuestion {
    requireNonNull(system, "system is null");
    requireNonNull(user, "user is null");
    if (longestAnswer < 1) {
      throw new IllegalArgumentException("an answer has at least one token: " + longestAnswer);
    }
  }
}
