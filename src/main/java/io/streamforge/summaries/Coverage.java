package io.streamforge.summaries;

import java.util.List;

/**
 * How much of a discussion a summary covers; counted, not claimed by a model.
 *
 * @param covered how many messages were read whole
 * @param total how many messages there are
 * @param gaps those that were not, in order
 */
public record Coverage(int covered, int total, List<Gap> gaps) {

  /** Messages that are not covered, by their numbers, both ends included. */
  public record Gap(int first, int last) {
    public Gap {
      if (first < 1 || last < first) {
        throw new IllegalArgumentException("no gap from " + first + " to " + last);
      }
    }

    int size() {
      return last - first + 1;
    }
  }

  public Coverage {
    gaps = List.copyOf(gaps);
    if (covered + gaps.stream().mapToInt(Gap::size).sum() != total) {
      throw new IllegalArgumentException("what is covered and the gaps do not make up " + total);
    }
  }

  /** All of a discussion. */
  static Coverage whole(Discussion discussion) {
    int total = discussion.messages().size();
    return new Coverage(total, total, List.of());
  }

  public boolean complete() {
    return gaps.isEmpty();
  }
}
