package io.streamforge.camel.llm;

import java.util.OptionalInt;

/** An answer as it comes in, in one piece or in many. */
final class AnswerBuilder {
  private final StringBuilder text = new StringBuilder();
  private int thought;
  private OptionalInt promptTokens = OptionalInt.empty();
  private OptionalInt answerTokens = OptionalInt.empty();
  private boolean complete;
  private String reason = "";

  void say(String piece) {
    text.append(piece);
  }

  void think(String piece) {
    thought += piece.length();
  }

  void count(OptionalInt prompt, OptionalInt answer) {
    promptTokens = prompt.isPresent() ? prompt : promptTokens;
    answerTokens = answer.isPresent() ? answer : answerTokens;
  }

  /**
   * The model has said all.
   *
   * @param why the server's word for it: {@code stop}, {@code length}
   */
  void finish(String why) {
    complete = true;
    reason = why;
  }

  boolean complete() {
    return complete;
  }

  /** Whether nothing that is to come can matter. */
  boolean settled() {
    return complete && answerTokens.isPresent();
  }

  /** How much has been said and thought; it grows with each word. */
  int length() {
    return text.length() + thought;
  }

  /**
   * The answer.
   *
   * @throws NoAnswerException when there is none
   */
  LlmAnswer build() throws NoAnswerException {
    if (!complete) {
      throw new NoAnswerException("its answer broke off after " + length() + " characters");
    }
    String answer = Thinking.strip(text.toString());
    boolean cutOff = reason.equals("length");
    if (!answer.isEmpty()) {
      return new LlmAnswer(answer, promptTokens, answerTokens, cutOff);
    }
    if (length() == 0) {
      String told = reason.isEmpty() ? "" : " (" + reason + ")";
      throw new NoAnswerException("it answered with nothing" + told);
    }
    throw new NoAnswerException(
        cutOff
            ? "its model was still thinking when the answer had become too long: turn its thinking"
                + " off, or raise LLM_LONGEST_ANSWER"
            : "its model thought and did not answer");
  }
}
