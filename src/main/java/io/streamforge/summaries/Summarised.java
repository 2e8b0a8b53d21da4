package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What came of a discussion.
 *
 * @param content what a model found, or a digest when none was asked
 * @param tokens what the model's server counted, of all questions together
 * @param model the name of the model; empty when none was asked
 * @param promptVersion which prompt it was asked with; empty when none was asked
 * @param language the language of the answer
 * @param at when it was made
 */
public record Summarised(
    Content content,
    Coverage coverage,
    Tokens tokens,
    String model,
    String promptVersion,
    Language language,
    Instant at) {

  /** What a summary says. */
  public sealed interface Content permits Findings, Digest {}

  /**
   * Tokens as the server counted them; 0 when it did not tell.
   *
   * @param asked those of the questions
   * @param answered those of the answers
   */
  public record Tokens(long asked, long answered) {
    static final Tokens NONE = new Tokens(0, 0);

    Tokens plus(Tokens more) {
      return new Tokens(asked + more.asked, answered + more.answered);
    }
  }

  public Summarised {
    requireNonNull(content, "content is null");
    requireNonNull(coverage, "coverage is null");
    requireNonNull(tokens, "tokens is null");
    requireNonNull(model, "model is null");
    requireNonNull(promptVersion, "promptVersion is null");
    requireNonNull(language, "language is null");
    requireNonNull(at, "at is null");
  }

  /** Whether a model was asked. */
  public boolean byModel() {
    return content instanceof Findings;
  }
}
