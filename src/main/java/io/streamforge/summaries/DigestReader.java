package io.streamforge.summaries;

import io.streamforge.summaries.Digest.Quote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/** Finds what a digest quotes. Long texts are looked at in their first lines only. */
final class DigestReader {
  private static final int MOST_IN_RANKING = 5;
  private static final int MOST_LINES = 200;
  private static final int LONGEST_LINE = 300;
  private static final Pattern QUESTION =
      Pattern.compile("[\\p{L}\\p{N})\\]\"'»`](?:[?？][?!)»\"]*(?:$|\\s)|\\s[?？]+$)");

  private final Discussion discussion;

  DigestReader(Discussion discussion) {
    this.discussion = discussion;
  }

  Digest read() {
    int[] answers = Answers.count(discussion);
    List<Quote> questions = new ArrayList<>();
    List<Quote> tasks = new ArrayList<>();
    for (Message message : discussion.messages()) {
      for (String line : lines(message)) {
        if (QUESTION.matcher(line).find()) {
          questions.add(quote(message, line, 0));
        } else if (TaskWords.in(line)) {
          tasks.add(quote(message, line, 0));
        }
      }
    }
    return new Digest(
        ranking(message -> answers[message.number() - 1]),
        ranking(Message::reactions),
        questions,
        tasks);
  }

  private List<Quote> ranking(ToIntFunction<Message> count) {
    return discussion.messages().stream()
        .filter(message -> count.applyAsInt(message) > 0)
        .sorted(Comparator.comparingInt(count).reversed())
        .limit(MOST_IN_RANKING)
        .map(message -> quote(message, firstLine(message), count.applyAsInt(message)))
        .toList();
  }

  /** A message without a text speaks by its files. */
  private static String firstLine(Message message) {
    List<String> lines = lines(message);
    return lines.isEmpty() ? String.join(", ", message.files()) : lines.get(0);
  }

  private static Quote quote(Message message, String line, int count) {
    return new Quote(message.number(), message.author(), line, count);
  }

  private static List<String> lines(Message message) {
    int far = Math.min(message.text().length(), MOST_LINES * LONGEST_LINE);
    return message
        .text()
        .substring(0, far)
        .lines()
        .map(line -> PlainText.of(line, LONGEST_LINE))
        .filter(line -> !line.isEmpty())
        .limit(MOST_LINES)
        .toList();
  }
}
