package io.streamforge.queues;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of texts that people will read what they must not: secrets, and characters that drive a
 * terminal.
 */
public final class Masking {
  private static final String MASK = "***";
  private static final Pattern ASSIGNED =
      Pattern.compile(
          "(?i)((?:password|passwd|secret|token|api[_-]?key)[\"']?\\s*[=:]\\s*)(\"[^\"]*\"|'[^']*'|[^\\s,;&\"']+)");
  private static final Pattern BEARER = Pattern.compile("(?i)(bearer\\s+)[^\\s,;\"']+");
  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^\\s/@]+@");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

  private final @Nullable Pattern secrets;

  /** A mask over these values wherever they stand, and over what looks like a secret. */
  public Masking(List<String> secretValues) {
    String values =
        secretValues.stream()
            .filter(value -> !value.isBlank())
            .sorted(Comparator.comparingInt(String::length).reversed())
            .map(Pattern::quote)
            .collect(Collectors.joining("|"));
    secrets = values.isEmpty() ? null : Pattern.compile(values);
  }

  /** The text with secrets masked and control characters escaped; line ends and tabs stay. */
  public String mask(String text) {
    String masked = secrets == null ? text : secrets.matcher(text).replaceAll(MASK);
    masked = ASSIGNED.matcher(masked).replaceAll("$1" + MASK);
    masked = BEARER.matcher(masked).replaceAll("$1" + MASK);
    masked = USER_INFO.matcher(masked).replaceAll(MASK + "@");
    return CONTROL
        .matcher(masked)
        .replaceAll(found -> "\\\\u%04x".formatted((int) found.group().charAt(0)));
  }
}
