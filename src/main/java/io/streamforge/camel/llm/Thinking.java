package io.streamforge.camel.llm;

import java.util.Locale;

/** Where a model's thinking ends and its answer begins, when both are in one text. */
final class Thinking {
  private static final String OPENING = "<think>";
  private static final String CLOSING = "</think>";

  private Thinking() {}

  /**
   * The answer alone; empty when there is only thinking. Thinking stands in tags, of which the
   * closing one may be missing (the model was cut off) or the opening one (it was part of the
   * prompt). In an answer that begins as JSON or as a block of code, tags are what it says.
   */
  static String strip(String text) {
    String rest = text.strip();
    while (!rest.isEmpty() && "{[`".indexOf(rest.charAt(0)) < 0) {
      String lower = rest.toLowerCase(Locale.ROOT);
      int closing = lower.indexOf(CLOSING);
      int opening = lower.indexOf(OPENING);
      if (closing < 0 && opening < 0) {
        return rest;
      }
      boolean unclosed = closing < 0;
      boolean lone = !unclosed && (opening < 0 || opening > closing);
      String before = lone ? "" : rest.substring(0, opening);
      String after = unclosed ? "" : rest.substring(closing + CLOSING.length());
      rest = (before + after).strip();
    }
    return rest;
  }
}
