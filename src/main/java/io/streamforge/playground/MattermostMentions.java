package io.streamforge.playground;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whom a message pings. */
final class MattermostMentions {
  private static final Pattern CODE = Pattern.compile("(?s)```.*?```|`[^`\n]*`");
  private static final Pattern NAME =
      Pattern.compile("(?<![\\p{L}\\p{N}_])@([a-z0-9](?:[a-z0-9._-]*[a-z0-9_-])?)");

  private MattermostMentions() {}

  /** The user names behind an at sign; what is code pings nobody. */
  static Set<String> names(String message) {
    Matcher matcher = NAME.matcher(CODE.matcher(message).replaceAll(" ").toLowerCase(Locale.ROOT));
    Set<String> names = new HashSet<>();
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  static boolean everybody(String message) {
    Set<String> names = names(message);
    return names.contains("all") || names.contains("channel") || names.contains("here");
  }
}
