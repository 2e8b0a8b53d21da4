package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * One of the five sections of an answer.
 *
 * @param lines its lines of Markdown, without line ends
 */
public record Section(Kind kind, String heading, List<String> lines) {

  /** The sections in the order of an answer. */
  public enum Kind {
    PARTICIPANTS,
    TOPICS,
    POINTS,
    TASKS,
    CONCLUSIONS
  }

  public Section {
    requireNonNull(kind, "kind is null");
    requireNonNull(heading, "heading is null");
    lines = List.copyOf(lines);
  }
}
