package io.streamforge.summaries;

import io.streamforge.camel.llm.LlmQuestion;
import java.util.List;

/** Gists that a model is asked to merge in one go. */
public record MergeBatch(List<Gist> gists, LlmQuestion question) {
  public MergeBatch {
    gists = List.copyOf(gists);
  }

  /** Whether there is something to merge. */
  public boolean isWorthAsking() {
    return gists.size() > 1;
  }

  /** What is made of them without a model. */
  public Gist joined() {
    return Gist.joined(gists);
  }
}
