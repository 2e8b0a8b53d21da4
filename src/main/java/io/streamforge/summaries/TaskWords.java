package io.streamforge.summaries;

import java.util.regex.Pattern;

/**
 * By which words a line is taken for a task, in Russian and in English. A guess, and called one.
 */
final class TaskWords {
  private static final String RUSSIAN =
      "(?:нужно|надо|необходимо|требуется|следует|должен|должна|должны|дедлайн|задач[аиуе]|поруча\\w+"
          + "|назнача\\w+|ответственн\\w+|займ(?:усь|ись|итесь|ётся|ется|утся)|возьм(?:у|и|ите|ёт|ет|ём|ем)"
          + "|(?:сдела|подготов|провер|напиш|исправ|обнов|созда|отправ|настро|запуст|добав|посмотр|провед)"
          + "(?:ю|лю|у|щу|шу|и|й|м|ь|ите|йте|ьте|ем|им)"
          + "|(?:до|к) (?:понедельник|вторник|сред|четверг|пятниц|суббот|воскресень|завтра|конц|вечер|обед)\\w*"
          + "|срок)";

  private static final String ENGLISH =
      "(?:to-?do|action items?|tasks?|needs? to|must|has to|have to|deadline|due|assigned|assign|owns?"
          + "|(?:i'll|i will|we'll|we will|will) \\w+|please \\w+"
          + "|by (?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|tonight|noon|eod|eow"
          + "|the end|end of|next week))";

  private static final Pattern TASK =
      Pattern.compile(
          "(?<![\\p{L}\\p{N}_])(?:" + RUSSIAN + "|" + ENGLISH + ")(?![\\p{L}\\p{N}_])",
          Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS);

  private static final Pattern BOX = Pattern.compile("^\\s*[-*]\\s*\\[[ xXхХ]\\]\\s+\\S.*");

  private TaskWords() {}

  static boolean in(String line) {
    return BOX.matcher(line).matches() || TASK.matcher(line).find();
  }
}
