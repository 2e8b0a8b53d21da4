package io.streamforge.playground;

import java.time.Duration;
import java.util.function.Consumer;

/** What goes otherwise than it should, or than is usual, with an answer of {@link LlmDouble}. */
public final class LlmTrouble {
  private final Consumer<LlmSpeech> effect;

  private LlmTrouble(Consumer<LlmSpeech> effect) {
    this.effect = effect;
  }

  void applyTo(LlmSpeech speech) {
    effect.accept(speech);
  }

  /** Both. */
  public LlmTrouble and(LlmTrouble other) {
    return new LlmTrouble(effect.andThen(other.effect));
  }

  /** It is some time before the first word. */
  public static LlmTrouble slowToStart(Duration pause) {
    return new LlmTrouble(speech -> speech.beforeFirst = pause);
  }

  /** It is some time between any two pieces of the answer. */
  public static LlmTrouble slow(Duration pause) {
    return new LlmTrouble(speech -> speech.between = pause);
  }

  /** There is no answer until the client gives up. */
  public static LlmTrouble hang() {
    return new LlmTrouble(speech -> speech.hang = true);
  }

  /** The connection breaks after so many pieces; 0: before any. */
  public static LlmTrouble cutAfter(int pieces) {
    return new LlmTrouble(speech -> speech.cutAfter = pieces);
  }

  /** The stream ends in order after so many pieces, without the word that it is complete. */
  public static LlmTrouble endAfter(int pieces) {
    return new LlmTrouble(speech -> speech.endAfter = pieces);
  }

  /** After so many pieces an error comes, under the status 200 that was sent before. */
  public static LlmTrouble errorAfter(int pieces) {
    return new LlmTrouble(speech -> speech.errorAfter = pieces);
  }

  /** An error with that status. */
  public static LlmTrouble status(int status) {
    return new LlmTrouble(speech -> speech.status = status);
  }

  /** An error with that status and a header {@code Retry-After}. */
  public static LlmTrouble status(int status, String retryAfter) {
    return new LlmTrouble(
        speech -> {
          speech.status = status;
          speech.retryAfter = retryAfter;
        });
  }

  /** An error with that status and text. */
  public static LlmTrouble refuses(int status, String message) {
    return new LlmTrouble(
        speech -> {
          speech.status = status;
          speech.error = message;
        });
  }

  /** Something else than JSON, such as the page of a proxy. */
  public static LlmTrouble raw(String text) {
    return new LlmTrouble(speech -> speech.raw = text);
  }

  /** An answer in one go although a stream was asked for. */
  public static LlmTrouble whole() {
    return new LlmTrouble(speech -> speech.whole = true);
  }

  /** Another text than the brain's. */
  public static LlmTrouble says(String text) {
    return new LlmTrouble(speech -> speech.text = text);
  }

  /** Thinking in a field of its own, whatever was asked for. */
  public static LlmTrouble thinks(String thinking) {
    return new LlmTrouble(speech -> speech.thinking = thinking);
  }

  /** Thinking before the answer, in tags. */
  public static LlmTrouble thinksInTags(String thinking) {
    return new LlmTrouble(
        speech -> speech.text = "<think>\n" + thinking + "\n</think>\n\n" + speech.text);
  }

  /** Thinking that never ends, and no answer. */
  public static LlmTrouble thinksOnly(String thinking) {
    return new LlmTrouble(speech -> speech.text = "<think>\n" + thinking);
  }

  /** Thinking whose opening tag belonged to the prompt. */
  public static LlmTrouble thinksBeforeLoneClosingTag(String thinking) {
    return new LlmTrouble(speech -> speech.text = thinking + "\n</think>\n\n" + speech.text);
  }

  /** The answer ends where the limit of tokens was. */
  public static LlmTrouble tooLong() {
    return new LlmTrouble(speech -> speech.tooLong = true);
  }

  /** {@code choices} is empty; Ollama's own API: {@code message} is missing. */
  public static LlmTrouble withoutChoices() {
    return new LlmTrouble(speech -> speech.withoutChoices = true);
  }

  /** Nobody counts tokens. */
  public static LlmTrouble withoutUsage() {
    return new LlmTrouble(speech -> speech.withoutUsage = true);
  }
}
