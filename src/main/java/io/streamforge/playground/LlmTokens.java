package io.streamforge.playground;

/** About as many tokens as the tokenisers of today's models count. */
final class LlmTokens {
  /** The fewest characters of a token: letters beyond ASCII. */
  static final int CHARACTERS = 2;

  private static final int ASCII_CHARACTERS = 4;

  private LlmTokens() {}

  static int of(String text) {
    long ascii = text.chars().filter(character -> character < 128).count();
    long other = text.length() - ascii;
    return (int) ((ascii + ASCII_CHARACTERS - 1) / ASCII_CHARACTERS + (other + 1) / CHARACTERS);
  }
}
