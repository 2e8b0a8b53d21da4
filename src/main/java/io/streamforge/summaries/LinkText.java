package io.streamforge.summaries;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Mattermost, or a client that is keener on links, makes a link of, and which of it was in a
 * discussion. Addresses with a scheme, {@code www.}, mail addresses by {@code mailto:}, and the
 * names of hosts.
 */
final class LinkText {
  // Quantifiers are possessive: a megabyte of letters is gone through once.
  private static final String SCHEME =
      "(?<![A-Za-z0-9+.\\-])(?:[A-Za-z0-9+.\\-]{2,}+:[/\\\\]|[A-Za-z]://)"
          + "|(?:mailto|tel|sms|data|javascript|vbscript|file|xmpp|magnet|blob|about):";

  private static final String MAIL = "(?:[\\p{L}\\p{N}._%+-]{1,64}+@)?";
  private static final String HOST =
      "(?:[A-Za-z0-9][A-Za-z0-9-]{0,62}+\\.){1,8}"
          + "(?:com|org|net|info|biz|io|dev|app|ai|me|co|ru|su|by|kz|ua|de|uk|eu|us|cn|xyz|top|site"
          + "|online|shop|club|link|click|live|pro|tech|cloud|page|example|invalid|test|onion|tk|ly|gg)"
          + "(?![\\p{L}\\p{N}-])";

  private static final Pattern LINK =
      Pattern.compile(
          "(?i)(?:"
              + SCHEME
              + "|(?<![A-Za-z0-9])(?:www\\d{0,3}\\.|"
              + MAIL
              + HOST
              + "))[^\\s<>\"`]*");

  private static final Pattern ENDING = Pattern.compile("[.,;:!?'\"*_~|)\\]}»”’…]+$");

  /** An address that needs no escaping; one with anything else is shown as code. */
  private static final Pattern PLAIN_ADDRESS =
      Pattern.compile("(?i)https?://[\\p{L}\\p{N}.:\\-]+(?:[/?#][\\p{L}\\p{N}\\-._:/?#&=%+,;!]*)?");

  private static final int LONGEST = 500;

  private final Set<String> known = new HashSet<>();

  /** The links of a discussion. */
  LinkText(Discussion discussion) {
    for (Message message : discussion.messages()) {
      Matcher link = LINK.matcher(message.text());
      while (link.find()) {
        add(link.group());
      }
    }
  }

  /** An address in brackets, or at the end of a sentence, is known without what follows it too. */
  private void add(String link) {
    if (link.length() > LONGEST) {
      return;
    }
    known.add(link);
    known.add(trimmed(link));
    int bracket = link.indexOf(')');
    if (bracket > 0) {
      known.add(link.substring(0, bracket));
    }
    int square = link.indexOf(']');
    if (square > 0) {
      known.add(trimmed(link.substring(0, square)));
    }
  }

  /** Where in a text the first link is, without what ends a sentence. */
  static Optional<int[]> find(String text) {
    Matcher link = LINK.matcher(text);
    if (!link.find()) {
      return Optional.empty();
    }
    return Optional.of(new int[] {link.start(), link.start() + trimmed(link.group()).length()});
  }

  private static String trimmed(String link) {
    Matcher ending = ENDING.matcher(link);
    String rest = ending.find() ? link.substring(0, ending.start()) : link;
    boolean bracketed = rest.length() < link.length() && link.charAt(rest.length()) == ')';
    return bracketed && rest.indexOf('(') > 0 && rest.indexOf(')') < 0 ? rest + ")" : rest;
  }

  /** Whether it was in the discussion, letter by letter. */
  boolean knows(String link) {
    return known.contains(link);
  }

  /** Whether it may stand in Markdown as a link that shows where it leads. */
  static boolean isPlainAddress(String link) {
    return link.length() <= LONGEST && PLAIN_ADDRESS.matcher(link).matches();
  }
}
