package io.streamforge.summaries;

import java.text.Normalizer;
import java.util.PrimitiveIterator;

/**
 * Text on one line, of bounded length, without characters that nobody sees: controls, orders of
 * direction, joiners, tags and fillers, by which a text looks like another one than it is.
 */
final class PlainText {
  /** More marks than that on one letter no language needs. */
  private static final int MOST_MARKS = 4;

  private PlainText() {}

  /**
   * The text on one line.
   *
   * @param longest how many code points it may have; a longer one ends with an ellipsis
   */
  static String of(String text, int longest) {
    StringBuilder line = new StringBuilder();
    int length = 0;
    int marks = 0;
    boolean space = false;
    PrimitiveIterator.OfInt points = composed(text, longest).codePoints().iterator();
    while (points.hasNext()) {
      int point = points.nextInt();
      if (isSpace(point)) {
        space = length > 0;
        continue;
      }
      marks = isMark(point) ? marks + 1 : 0;
      if (isUnseen(point) || marks > MOST_MARKS) {
        continue;
      }
      if (length + (space ? 2 : 1) > longest) {
        return ellipsis(line);
      }
      if (space) {
        line.append(' ');
        length++;
        space = false;
      }
      line.appendCodePoint(plain(point));
      length++;
    }
    return line.toString();
  }

  /** Far more than is kept is not looked at: a text may be a megabyte. */
  private static String composed(String text, int longest) {
    int far = Math.min(text.length(), longest * 8 + 1024);
    return Normalizer.normalize(text.substring(0, far), Normalizer.Form.NFC);
  }

  private static String ellipsis(StringBuilder line) {
    int last = line.isEmpty() ? 0 : line.offsetByCodePoints(line.length(), -1);
    return line.substring(0, last).stripTrailing() + "…";
  }

  private static boolean isSpace(int point) {
    return Character.isWhitespace(point)
        || Character.isSpaceChar(point)
        || point == 0x2800 // the blank of Braille
        || point == 0x85;
  }

  private static boolean isUnseen(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      default ->
          point == 0x115F
              || point == 0x1160
              || point == 0x3164
              || point == 0xFFA0 // fillers of Hangul
              || point == 0x034F // joins graphemes
              || (point >= 0xE0100 && point <= 0xE01EF) // variants that only fonts know
              || (point >= 0xFE00 && point <= 0xFE0E);
    };
  }

  private static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.COMBINING_SPACING_MARK;
  }

  /** Signs that some reader may take for the plain ones are those. */
  private static int plain(int point) {
    return switch (point) {
      case 0xFF20, 0xFE6B -> '@';
      case 0xFF03, 0xFE5F -> '#';
      case 0xFF1A -> ':';
      case 0xFF0F, 0x2044, 0x2215, 0x29F8 -> '/';
      case 0xFF0E, 0x2024, 0xFE52, 0xFF61 -> '.';
      case 0xFF1C -> '<';
      case 0xFF1E -> '>';
      default -> point;
    };
  }
}
