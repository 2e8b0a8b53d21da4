package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What can be said of a discussion without understanding it: it counts and quotes.
 *
 * @param answered the messages with most answers, see {@link Answers}
 * @param reacted the messages with most reactions
 * @param questions the lines that ask something
 * @param tasks the lines that read like a task
 */
public record Digest(
    List<Quote> answered, List<Quote> reacted, List<Quote> questions, List<Quote> tasks)
    implements Summarised.Content {

  /**
   * A line of a message, as it was written.
   *
   * @param message the number of the message
   * @param count how many answers or reactions it has; 0 where that is not what it is quoted for
   */
  public record Quote(int message, String author, String text, int count) {
    public Quote {
      requireNonNull(author, "author is null");
      requireNonNull(text, "text is null");
    }
  }

  public Digest {
    answered = List.copyOf(answered);
    reacted = List.copyOf(reacted);
    questions = List.copyOf(questions);
    tasks = List.copyOf(tasks);
  }

  /** Reads a discussion. */
  public static Digest of(Discussion discussion) {
    return new DigestReader(discussion).read();
  }
}
