package io.streamforge.summaries;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Which messages ask for a summary: whole messages only, since people talk about summaries too. */
public final class Commands {
  private static final Pattern WORD = Pattern.compile("\\s+(?:summary|саммари)");
  private static final Pattern CYRILLIC = Pattern.compile("\\p{IsCyrillic}");

  private final Set<String> words;

  /**
   * @param words whole messages, in any case
   */
  public Commands(List<String> words) {
    this.words = words.stream().map(Commands::folded).collect(toUnmodifiableSet());
  }

  /** Whether a message is a command to the bot of that user name. */
  public boolean isCommand(String message, String bot) {
    String folded = folded(message);
    if (words.contains(folded)) {
      return true;
    }
    String mention = "@" + folded(bot);
    return folded.startsWith(mention) && WORD.matcher(folded.substring(mention.length())).matches();
  }

  /** The same as a test of messages to one bot. */
  public Predicate<String> to(String bot) {
    return message -> isCommand(message, bot);
  }

  /** Whether a command is in Russian. */
  static boolean isRussian(String message) {
    return CYRILLIC.matcher(message).find();
  }

  private static String folded(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
