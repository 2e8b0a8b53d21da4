package io.streamforge.summaries;

import io.streamforge.camel.llm.LlmAnswer;
import io.streamforge.camel.llm.LlmQuestion;

/**
 * How much a model can be given at once. What the server counts corrects the estimate, within
 * bounds: one server is asked with one model, so that the process learns one factor.
 */
public final class TokenBudget {
  /** What the server's template puts around the instructions and the data. */
  private static final int TEMPLATE = 64;

  private static final double LOWEST = 0.6;
  private static final double HIGHEST = 2.5;

  /** An estimate that was too low counts at once, one that was too high little by little. */
  private static final double TRUST_IN_LESS = 0.2;

  /** A server that keeps a beginning it has seen may leave that out of its count. */
  private static final double NOT_BELIEVED = 0.4;

  /** A short question says more about the template than about the text. */
  private static final int WORTH_LEARNING = 200;

  private final int context;
  private final int longestAnswer;
  private double factor = 1;

  /**
   * For one model.
   *
   * @param context how many tokens question and answer may have together
   * @param longestAnswer how many of them are kept for the answer
   */
  public TokenBudget(int context, int longestAnswer) {
    if (longestAnswer < 1 || longestAnswer > context / 2) {
      throw new IllegalArgumentException(
          "an answer of " + longestAnswer + " tokens leaves too few of " + context);
    }
    this.context = context;
    this.longestAnswer = longestAnswer;
  }

  int longestAnswer() {
    return longestAnswer;
  }

  /** How many tokens, as {@link TokenEstimate} counts them, are left for data. */
  synchronized int forData(String instructions) {
    int given = context - longestAnswer - TEMPLATE;
    int left = (int) (given / factor) - TokenEstimate.of(instructions);
    return Math.max(left, given / 8);
  }

  /** Learns from what the server counted, if it did. */
  void learn(LlmQuestion question, LlmAnswer answer) {
    int estimate = TokenEstimate.of(question.system()) + TokenEstimate.of(question.user());
    if (answer.promptTokens().isPresent() && estimate >= WORTH_LEARNING) {
      learn((double) (answer.promptTokens().getAsInt() - TEMPLATE) / estimate);
    }
  }

  private synchronized void learn(double seen) {
    if (seen < NOT_BELIEVED) {
      return;
    }
    double next = seen > factor ? seen : factor + (seen - factor) * TRUST_IN_LESS;
    factor = Math.max(LOWEST, Math.min(HIGHEST, next));
  }

  synchronized double factor() {
    return factor;
  }
}
