package io.streamforge.camel.llm;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;

/**
 * What a model answered, without its thinking.
 *
 * @param text the answer; never empty
 * @param promptTokens how many tokens the server counted in the question, if it told
 * @param answerTokens how many tokens the server counted in the answer, thinking included, if it
 *     told
 * @param cutOff whether the answer ended because it had become too long
 */
public record LlmAnswer(
    String text, OptionalInt promptTokens, OptionalInt answerTokens, boolean cutOff) {
  public LlmAnswer {
    requireNonNull(promptTokens, "promptTokens is null");
    requireNonNull(answerTokens, "answerTokens is null");
    if (text.isBlank()) {
      throw new IllegalArgumentException("the answer is empty");
    }
  }
}
