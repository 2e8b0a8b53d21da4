package io.streamforge.workers;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A failure that an operator asks for, to see what becomes of it: {@code SYNTHETIC_FAIL_AFTER} and
 * {@code SYNTHETIC_FAIL_MODE} among a target's {@code env} in the catalogue.
 *
 * @param after how many records the worker handles before
 */
record FailureDrill(long after, Mode mode) {
  private static final String AFTER = "SYNTHETIC_FAIL_AFTER";
  private static final String MODE = "SYNTHETIC_FAIL_MODE";

  /** How it fails. */
  enum Mode {
    /** It reports an error, says that it finished, and its job fails. */
    ERROR,
    /** Its job fails without a word. */
    SILENT,
    /** It reports one record as bad and goes on. */
    BAD_RECORD;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** The failure that a worker's environment asks for; without a mode it is {@code error}. */
  static Optional<FailureDrill> of(Map<String, String> environment) {
    String after = environment.get(AFTER);
    if (after == null) {
      return Optional.empty();
    }
    return Optional.of(
        new FailureDrill(count(after), mode(environment.getOrDefault(MODE, Mode.ERROR.word()))));
  }

  private static long count(String text) {
    try {
      long count = Long.parseLong(text);
      if (count >= 0) {
        return count;
      }
    } catch (NumberFormatException notANumber) {
      throw new IllegalArgumentException(
          AFTER + " must be a number of records: " + text, notANumber);
    }
    throw new IllegalArgumentException(AFTER + " must not be negative: " + text);
  }

  private static Mode mode(String word) {
    for (Mode mode : Mode.values()) {
      if (mode.word().equals(word)) {
        return mode;
      }
    }
    String known = Arrays.stream(Mode.values()).map(Mode::word).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(MODE + " must be one of " + known + ": " + word);
  }
}
