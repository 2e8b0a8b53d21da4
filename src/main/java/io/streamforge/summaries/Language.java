package io.streamforge.summaries;

import java.util.Locale;
import java.util.Optional;

/** The languages in which the bot answers. */
public enum Language {
  RU,
  EN;

  /** So many letters of a message count at most: a pasted log does not outvote what is said. */
  private static final int LETTERS_COUNTED = 200;

  /** As it is written in settings and in documents. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The language of an answer.
   *
   * @param setting {@code ru}, {@code en}, or {@code auto} for that of the discussion
   */
  public static Language of(String setting, Discussion discussion) {
    return switch (setting) {
      case "ru" -> RU;
      case "en" -> EN;
      case "auto" -> of(discussion);
      default -> throw new IllegalArgumentException("not a language: " + setting);
    };
  }

  /**
   * Russian when a third of the letters is Cyrillic: names of things and of programs are Latin in
   * Russian talk too.
   */
  static Language of(Discussion discussion) {
    long cyrillic = 0;
    long latin = 0;
    for (Message message : discussion.messages()) {
      int counted = 0;
      for (int at = 0; at < message.text().length() && counted < LETTERS_COUNTED; at++) {
        Optional<Language> language = of(message.text().charAt(at));
        if (language.isPresent()) {
          counted++;
          cyrillic += language.get() == RU ? 1 : 0;
          latin += language.get() == EN ? 1 : 0;
        }
      }
    }
    return cyrillic > 0 && cyrillic * 2 >= latin ? RU : EN;
  }

  private static Optional<Language> of(char letter) {
    if ((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')) {
      return Optional.of(EN);
    }
    return letter >= 'Ѐ' && letter <= 'ӿ' ? Optional.of(RU) : Optional.empty();
  }
}
