package io.streamforge.summaries;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes text of a model or of a thread harmless: one line of Markdown that says what the text says,
 * and does nothing. Words that Mattermost would act on (mentions, names whose owners may have asked
 * to be told, hashtags, channels, emoji, HTML) become code: there nothing acts, and the server
 * looks for no mentions ({@code mention_parser_standard.go} reads plain text only). Links that were
 * not in the discussion are taken out.
 */
final class SafeText {
  /** How models and people begin a line: list signs, headings, quotes, rulers. */
  private static final Pattern BEGINNING =
      Pattern.compile("^(?:(?:[-+*•·–—>]+|#+|=+|\\d{1,3}[.)])(?:\\s+|$)|[-=*_~]{3,}\\s*)+");

  /** What would still begin a list, a heading or a ruler. */
  private static final Pattern BLOCK = Pattern.compile("^(\\d{0,9})([-+#.)])(?=[-+#\\s]|$)");

  private static final Pattern BRACKETED =
      Pattern.compile("(?i)<((?:[a-z][a-z0-9+.-]{1,30}:|www\\.)[^<>\\s]*)>");
  private static final Pattern BOLD =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}*])\\*\\*(?=[^\\s*])([^*]+)(?<=\\S)\\*\\*(?![\\p{L}\\p{N}*])");

  private static final Pattern LABELLED =
      Pattern.compile("!?\\[([^\\[\\]]*)\\]\\(\\s*<?([^()\\s<>]*)>?[^()]*\\)");

  private static final Pattern ACTS =
      Pattern.compile(
          "@|[<>\\\\$_]|#\\p{L}|(?<![\\p{L}\\p{N}])~[\\p{L}\\p{N}]|&(?=[#\\p{L}])"
              + "|:[a-z0-9_+-]*[a-z][a-z0-9_+-]*:|:[+-]1:");

  private static final Pattern WORD_BREAK = Pattern.compile("[^\\p{L}\\p{N}:.\\-_@]+");
  private static final Pattern WORD_JOINT = Pattern.compile("[:.\\-_]+");
  private static final Pattern OPENING = Pattern.compile("^[(\\[{\"'«„“‘]+");
  private static final Pattern CLOSING = Pattern.compile("[)\\]}\"'»“”’.,;:!?…]+$");
  private static final Pattern TO_ESCAPE = Pattern.compile("[*\\[\\]|~]");

  private final Set<String> names = new HashSet<>();
  private final LinkText links;
  private final String removed;

  /**
   * For texts about a discussion.
   *
   * @param removed what stands in the place of a link that was taken out
   */
  SafeText(Discussion discussion, String removed) {
    this.links = new LinkText(discussion);
    this.removed = removed;
    discussion.messages().forEach(message -> names.add(message.author().toLowerCase(Locale.ROOT)));
  }

  /**
   * Makes a text harmless.
   *
   * @param longest how many code points of the text are kept
   * @return Markdown on one line; empty when nothing is left
   */
  String of(String text, int longest) {
    String line = LABELLED.matcher(PlainText.of(text, longest)).replaceAll("$1 $2");
    line = BRACKETED.matcher(line).replaceAll("$1");
    line = BOLD.matcher(line).replaceAll("$1").strip();
    line = BEGINNING.matcher(line).replaceFirst("");
    List<String> parts = parts(line);
    StringBuilder safe = new StringBuilder();
    for (int at = 0; at < parts.size(); at++) {
      append(safe, at % 2 == 1 ? code(withoutLinks(parts.get(at))) : words(parts.get(at)));
    }
    return BLOCK.matcher(safe.toString().strip()).replaceFirst("$1\\\\$2");
  }

  /**
   * Words and code by turns, as backticks part them. Code that nothing closes, or that is blank, is
   * none: what stands around it is looked at together, as it will be read together.
   */
  private static List<String> parts(String line) {
    String[] pieces = line.split("`+", -1);
    List<String> parts = new ArrayList<>();
    StringBuilder words = new StringBuilder(pieces[0]);
    for (int at = 1; at < pieces.length; at += 2) {
      if (at == pieces.length - 1) {
        words.append(pieces[at]);
      } else if (pieces[at].isBlank()) {
        words.append(' ').append(pieces[at + 1]);
      } else {
        parts.add(words.toString());
        parts.add(pieces[at]);
        words = new StringBuilder(pieces[at + 1]);
      }
    }
    parts.add(words.toString());
    return parts;
  }

  /** A name or the like as code, in which nothing acts. */
  static String code(String text) {
    String plain = text.replace('`', '\'').strip();
    return plain.isEmpty() ? "" : "`" + plain + "`";
  }

  /** Two codes that touch would be one. */
  private static void append(StringBuilder safe, String part) {
    boolean touch = !safe.isEmpty() && safe.charAt(safe.length() - 1) == '`';
    safe.append(touch && part.startsWith("`") ? " " : "").append(part);
  }

  private String withoutLinks(String code) {
    StringBuilder rest = new StringBuilder();
    for (String word : code.split(" ", -1)) {
      boolean foreign =
          LinkText.find(word).filter(at -> !links.knows(word.substring(at[0], at[1]))).isPresent();
      rest.append(rest.isEmpty() ? "" : " ").append(foreign ? removed : word);
    }
    return rest.toString();
  }

  private String words(String text) {
    StringBuilder safe = new StringBuilder();
    boolean first = true;
    for (String word : text.split(" ", -1)) {
      String next = word(word);
      boolean again = next.equals(removed) && safe.toString().endsWith(removed);
      if (!again) {
        safe.append(first ? "" : " ").append(next);
      }
      first = false;
    }
    return safe.toString();
  }

  private String word(String word) {
    Optional<int[]> found = LinkText.find(word);
    if (found.isEmpty()) {
      return plainWord(word);
    }
    int from = found.get()[0];
    int to = found.get()[1];
    StringBuilder safe = new StringBuilder(plainWord(word.substring(0, from)));
    append(safe, link(word.substring(from, to)));
    append(safe, to < word.length() ? word(word.substring(to)) : "");
    return safe.toString();
  }

  private String link(String link) {
    if (!links.knows(link)) {
      return removed;
    }
    return LinkText.isPlainAddress(link) && !names(link) ? "<" + link + ">" : code(link);
  }

  private String plainWord(String word) {
    if (!ACTS.matcher(word).find() && !names(word)) {
      String escaped = TO_ESCAPE.matcher(word).replaceAll("\\\\$0");
      return escaped.startsWith("#") ? "\\" + escaped : escaped;
    }
    Matcher opening = OPENING.matcher(word);
    int from = opening.find() ? opening.end() : 0;
    Matcher closing = CLOSING.matcher(word).region(from, word.length());
    int to = closing.find() ? closing.start() : word.length();
    return escape(word.substring(0, from))
        + code(word.substring(from, to))
        + escape(word.substring(to));
  }

  private static String escape(String signs) {
    return TO_ESCAPE.matcher(signs).replaceAll("\\\\$0");
  }

  /** Whether the server would find the name of somebody who took part in it. */
  private boolean names(String text) {
    for (String word : WORD_BREAK.split(text.toLowerCase(Locale.ROOT), -1)) {
      if (names.contains(word) || names.contains(trimmed(word))) {
        return true;
      }
      for (String part : WORD_JOINT.split(word, -1)) {
        if (names.contains(part)) {
          return true;
        }
      }
    }
    return false;
  }

  private static String trimmed(String word) {
    return word.replaceAll("^[:.\\-_@]+|[:.\\-_]+$", "");
  }
}
