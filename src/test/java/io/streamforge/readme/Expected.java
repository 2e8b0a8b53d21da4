package io.streamforge.readme;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a command is to print. In it {@code …} stands for anything, on a line of its own for any
 * lines, and every id and time for any other; how JSON is spaced does not matter.
 */
final class Expected {
  private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
  private static final String INSTANT = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z";
  private static final String MINUTE = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC";
  private static final Pattern SPECIAL =
      Pattern.compile(
          "(?<lines>(?m:^)…\\n)|(?<any>…)|(?<id>%s)|(?<instant>%s)|(?<minute>%s)"
              .formatted(UUID, INSTANT, MINUTE));
  private static final Pattern JSON_SPACE = Pattern.compile("(\"(?:\\\\.|[^\"\\\\])*\")|\\s+");

  private final String text;
  private final boolean json;
  private final Pattern pattern;

  Expected(String text) {
    this.text = text;
    this.json = text.startsWith("{") || text.startsWith("[");
    this.pattern = Pattern.compile(regex(normal(text)));
  }

  /** Whether this has been printed. */
  boolean matches(String printed) {
    return pattern.matcher(normal(printed)).matches();
  }

  /** Whether this has been printed, and perhaps more after it. */
  boolean begins(String printed) {
    return pattern.matcher(normal(printed)).lookingAt();
  }

  private String normal(String output) {
    if (json) {
      return JSON_SPACE.matcher(output).replaceAll("$1");
    }
    return output.stripTrailing() + "\n";
  }

  private static String regex(String text) {
    StringBuilder regex = new StringBuilder();
    Matcher special = SPECIAL.matcher(text);
    int end = 0;
    while (special.find()) {
      regex.append(Pattern.quote(text.substring(end, special.start()))).append(pattern(special));
      end = special.end();
    }
    return regex.append(Pattern.quote(text.substring(end))).toString();
  }

  private static String pattern(Matcher special) {
    if (special.group("lines") != null) {
      return "(?:.*\\n)*?";
    }
    if (special.group("any") != null) {
      return "(?s:.*?)";
    }
    if (special.group("id") != null) {
      return UUID;
    }
    return special.group("instant") != null ? INSTANT : MINUTE;
  }

  @Override
  public String toString() {
    return text;
  }
}
