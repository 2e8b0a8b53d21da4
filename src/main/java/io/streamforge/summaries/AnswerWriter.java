package io.streamforge.summaries;

import io.streamforge.summaries.Section.Kind;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Writes what came of a discussion as Markdown that Mattermost may be given: nothing in it pings
 * anybody, links to where the discussion did not, or breaks out of its line.
 */
public final class AnswerWriter {
  /** The longest post that Mattermost takes, in code points. */
  public static final int LONGEST_POST = 16_383;

  private static final int MOST_GAPS = 20;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The answer, cut into posts where it is too long for one. */
  public List<String> parts(Discussion discussion, Summarised summarised, Links links) {
    AnswerWords words = AnswerWords.of(summarised.language());
    List<List<String>> blocks = new ArrayList<>();
    List<String> notes = notes(discussion, summarised, links, words);
    if (!notes.isEmpty()) {
      blocks.add(notes);
    }
    for (Section section : sections(discussion, summarised, links)) {
      List<String> block = new ArrayList<>(List.of("#### " + section.heading()));
      block.addAll(section.lines());
      blocks.add(block);
    }
    blocks.add(List.of(footer(summarised, words)));
    return PostSplitter.split(blocks, LONGEST_POST);
  }

  /** The five sections, always all of them, each with a line at least. */
  public List<Section> sections(Discussion discussion, Summarised summarised, Links links) {
    AnswerWords words = AnswerWords.of(summarised.language());
    SectionWriter writer = new SectionWriter(discussion, links, words);
    List<Section> sections = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      List<String> lines = writer.lines(kind, summarised.content());
      sections.add(
          new Section(
              kind, words.heading(kind), lines.isEmpty() ? List.of(words.nothing(kind)) : lines));
    }
    return sections;
  }

  /** What must be known before the rest is believed. */
  private static List<String> notes(
      Discussion discussion, Summarised summarised, Links links, AnswerWords words) {
    List<String> notes = new ArrayList<>();
    if (!summarised.byModel()) {
      notes.add(words.digest());
    }
    List<Coverage.Gap> gaps = summarised.coverage().gaps();
    for (Coverage.Gap gap : gaps.subList(0, Math.min(gaps.size(), MOST_GAPS))) {
      String link =
          links
              .to(discussion.messages().get(gap.first() - 1))
              .map(url -> " [↗](" + url + ")")
              .orElse("");
      notes.add(words.gap(gap, link));
    }
    if (gaps.size() > MOST_GAPS) {
      notes.add(words.more(gaps.size() - MOST_GAPS));
    }
    return notes;
  }

  private static String footer(Summarised summarised, AnswerWords words) {
    List<String> facts = new ArrayList<>(List.of(words.coverage(summarised.coverage())));
    if (summarised.byModel()) {
      facts.add(words.model(SafeText.code(PlainText.of(summarised.model(), 100))));
    }
    facts.add(TIME.format(summarised.at()));
    return String.join(" · ", facts);
  }
}
