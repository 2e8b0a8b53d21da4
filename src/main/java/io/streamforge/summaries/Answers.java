package io.streamforge.summaries;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Counts who answers whom. A thread of Mattermost is flat, so that an answer is a message that
 * links to an earlier one, quotes how it begins, or begins with the name of its author, whose last
 * message is meant.
 */
final class Answers {
  private static final Pattern PERMALINK = Pattern.compile("/pl/([a-z0-9]{26})(?![a-z0-9])");
  private static final Pattern ADDRESSED = Pattern.compile("^\\s*@([\\p{L}\\p{N}._-]{1,64})");
  private static final Pattern QUOTED = Pattern.compile("^\\s*>+\\s*(\\S.{7,200})");
  private static final int LONGEST_LOOK = 2000;
  private static final int OPENING = 40;

  private final Map<String, Integer> byPost = new HashMap<>();
  private final Map<String, Integer> byAuthor = new HashMap<>();
  private final Map<String, Integer> byOpening = new HashMap<>();

  private Answers() {}

  /** How many answers each message has, in the order of the messages. */
  static int[] count(Discussion discussion) {
    int[] counts = new int[discussion.messages().size()];
    Answers answers = new Answers();
    for (Message message : discussion.messages()) {
      Integer meant = answers.meant(message);
      if (meant != null) {
        counts[meant - 1]++;
      }
      answers.remember(message);
    }
    return counts;
  }

  private void remember(Message message) {
    if (!message.postId().isEmpty()) {
      byPost.put(message.postId(), message.number());
    }
    byAuthor.put(message.author().toLowerCase(Locale.ROOT), message.number());
    byOpening.putIfAbsent(opening(message.text()), message.number());
  }

  private @Nullable Integer meant(Message message) {
    String text = message.text().substring(0, Math.min(message.text().length(), LONGEST_LOOK));
    Matcher permalink = PERMALINK.matcher(text);
    if (permalink.find() && byPost.containsKey(permalink.group(1))) {
      return byPost.get(permalink.group(1));
    }
    Matcher quoted = QUOTED.matcher(text);
    if (quoted.find() && byOpening.containsKey(opening(quoted.group(1)))) {
      return byOpening.get(opening(quoted.group(1)));
    }
    Matcher addressed = ADDRESSED.matcher(text);
    if (!addressed.find()) {
      return null;
    }
    String name = addressed.group(1).toLowerCase(Locale.ROOT);
    Integer exact = byAuthor.get(name);
    return exact != null ? exact : byAuthor.get(name.replaceFirst("[._-]+$", ""));
  }

  private static String opening(String text) {
    return PlainText.of(text.lines().findFirst().orElse(""), OPENING).toLowerCase(Locale.ROOT);
  }
}
