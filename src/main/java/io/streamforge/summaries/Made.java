package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * How a summary was made.
 *
 * @param messages how many messages the discussion has
 * @param covered how many of them the summary covers
 * @param model the model that was asked; empty when none was
 * @param promptVersion the version of the prompt; empty when no model was asked
 * @param language ru or en
 * @param fingerprint stands for the discussion and the prompt: the same ones have the same
 * @param sections what the answer says, as data
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Made(
    int messages,
    int covered,
    long promptTokens,
    long answerTokens,
    String model,
    String promptVersion,
    String language,
    String fingerprint,
    JsonNode sections) {
  public Made {
    requireNonNull(model, "model is null");
    requireNonNull(fingerprint, "fingerprint is null");
    requireNonNull(sections, "sections is null");
    if (covered > messages) {
      throw new IllegalArgumentException("covered more than there is: " + covered);
    }
  }

  /** Whether it may be shown again as long as nothing new is said: a model has seen everything. */
  public boolean lasts() {
    return covered == messages && !model.isEmpty();
  }
}
