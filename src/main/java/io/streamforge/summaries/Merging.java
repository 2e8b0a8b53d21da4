package io.streamforge.summaries;

import io.streamforge.camel.llm.LlmQuestion;
import java.util.ArrayList;
import java.util.List;

/**
 * The gists of the parts on their way to become one, in rounds: each merges as many neighbours at
 * once as the model can be given.
 *
 * @param gists in the order of the discussion
 * @param instructions what the model is told
 * @param budget how many tokens it can be given at once
 */
public record Merging(List<Gist> gists, String instructions, int budget, int longestAnswer) {
  public Merging {
    gists = List.copyOf(gists);
  }

  /** Whether another round makes them fewer. */
  public boolean isUnfinished() {
    return packed().size() < gists.size();
  }

  /** The questions of this round. */
  public List<MergeBatch> batches() {
    return packed().stream().map(this::batch).toList();
  }

  private MergeBatch batch(List<Gist> batch) {
    StringBuilder lines = new StringBuilder();
    batch.forEach(gist -> lines.append(gist.line()).append('\n'));
    return new MergeBatch(
        batch,
        new LlmQuestion(instructions, lines.toString(), FindingsSchema.ofMerge(), longestAnswer));
  }

  /** The next round, with what came of this one. */
  Merging next(List<Gist> merged) {
    return new Merging(merged, instructions, budget, longestAnswer);
  }

  private List<List<Gist>> packed() {
    List<List<Gist>> batches = new ArrayList<>();
    int tokens = 0;
    for (Gist gist : gists) {
      int more = TokenEstimate.of(gist.line()) + 1;
      if (batches.isEmpty() || tokens + more > budget) {
        batches.add(new ArrayList<>());
        tokens = 0;
      }
      batches.get(batches.size() - 1).add(gist);
      tokens += more;
    }
    return batches;
  }
}
