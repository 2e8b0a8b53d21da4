package io.streamforge.summaries;

import io.streamforge.summaries.Coverage.Gap;
import io.streamforge.summaries.Findings.Point;
import io.streamforge.summaries.Findings.Task;
import io.streamforge.summaries.Summarised.Tokens;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts together what came of the chunks of a discussion, as far as no model is needed for it. */
record Gathering(List<ChunkOutcome> outcomes) {
  Gathering {
    outcomes = List.copyOf(outcomes);
  }

  private Stream<Findings> findings() {
    return outcomes.stream().map(ChunkOutcome::findings).flatMap(Optional::stream);
  }

  List<Gist> gists() {
    return findings().map(Gist::of).toList();
  }

  /** All of it, with the topics and conclusions of the whole. */
  Findings findings(Gist whole) {
    List<Point> points =
        findings()
            .flatMap(part -> part.points().stream())
            .distinct()
            .sorted(Comparator.comparingInt(Point::message))
            .toList();
    List<Task> tasks =
        findings()
            .flatMap(part -> part.tasks().stream())
            .distinct()
            .sorted(Comparator.comparingInt(Task::message))
            .toList();
    return new Findings(whole.topics(), points, tasks, whole.conclusions());
  }

  Tokens tokens() {
    return outcomes.stream().map(ChunkOutcome::tokens).reduce(Tokens.NONE, Tokens::plus);
  }

  /** A message counts as covered when every chunk that holds some of it was. */
  Coverage coverage(int total) {
    List<Gap> gaps = new ArrayList<>();
    int missed = 0;
    for (ChunkOutcome outcome : outcomes) {
      if (outcome.findings().isPresent()) {
        continue;
      }
      int first = outcome.chunk().first();
      int last = outcome.chunk().last();
      if (!gaps.isEmpty() && gaps.get(gaps.size() - 1).last() >= first - 1) {
        first = gaps.remove(gaps.size() - 1).first();
      }
      gaps.add(new Gap(first, last));
    }
    for (Gap gap : gaps) {
      missed += gap.size();
    }
    return new Coverage(total - missed, total, gaps);
  }
}
