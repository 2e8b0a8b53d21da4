package io.streamforge.summaries;

/**
 * How many tokens a text is at the most, without the tokenizer of the model.
 *
 * <p>The weights were fitted to what cl100k and o200k (GPT), Llama 3 and Qwen 3 give for the texts
 * in {@code src/test/resources/summaries/tokens}; {@code TokenEstimateTest} holds it to the
 * greatest of the four figures. cl100k decides for scripts that are not Latin, Qwen for digits.
 */
final class TokenEstimate {
  private static final int ONE = 100;

  private TokenEstimate() {}

  static int of(String text) {
    long sum = 0;
    Kind before = Kind.SPACE;
    int run = 0;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      Kind kind = Kind.of(point);
      run = kind == before ? run + 1 : 1;
      sum += kind.weight(run);
      before = kind;
      at += Character.charCount(point);
    }
    return (int) Math.min(Integer.MAX_VALUE, (sum + ONE - 1) / ONE);
  }

  /** What tokenizers treat alike. Weights are hundredths of a token. */
  private enum Kind {
    SPACE(10, 25),
    LINE(100, 50),
    SMALL(80, 20),
    CAPITAL(75, 60),
    DIGIT(104, 104),
    SIGN(72, 50),
    RUSSIAN(80, 44),
    RUSSIAN_CAPITAL(105, 105),
    CYRILLIC(185, 185),
    CHINESE(115, 115),
    SYLLABLE(112, 112),
    EMOJI(240, 240),
    OTHER(120, 120);

    private final int first;
    private final int next;

    Kind(int first, int next) {
      this.first = first;
      this.next = next;
    }

    /** Of the n-th of so many in a row. */
    int weight(int n) {
      return n == 1 ? first : next;
    }

    static Kind of(int point) {
      if (point < 0x80) {
        return ascii(point);
      }
      if ((point >= 'а' && point <= 'я') || point == 'ё') {
        return RUSSIAN;
      }
      if ((point >= 'А' && point <= 'Я') || point == 'Ё') {
        return RUSSIAN_CAPITAL;
      }
      if (point >= 0x400 && point <= 0x52F) {
        return CYRILLIC;
      }
      if ((point >= 0x3040 && point <= 0x30FF) || (point >= 0xAC00 && point <= 0xD7A3)) {
        return SYLLABLE;
      }
      if (Character.isIdeographic(point)) {
        return CHINESE;
      }
      return point > 0xFFFF
              || (point >= 0x2190 && point <= 0x2BFF)
              || point == 0xFE0F
              || point == 0x200D
          ? EMOJI
          : OTHER;
    }

    private static Kind ascii(int point) {
      if (point >= 'a' && point <= 'z') {
        return SMALL;
      }
      if (point >= 'A' && point <= 'Z') {
        return CAPITAL;
      }
      if (point >= '0' && point <= '9') {
        return DIGIT;
      }
      if (point == '\n') {
        return LINE;
      }
      return point <= ' ' ? SPACE : SIGN;
    }
  }
}
