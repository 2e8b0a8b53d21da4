package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a model found in a discussion, checked against it. Its texts are still a model's words: the
 * answer makes them harmless.
 *
 * @param topics what was talked about
 * @param points what matters, each with the message that says it
 * @param tasks what is to be done
 * @param conclusions what came of it
 */
public record Findings(
    List<String> topics, List<Point> points, List<Task> tasks, List<String> conclusions)
    implements Summarised.Content {

  /**
   * Something that matters.
   *
   * @param message the number of the message that says it
   */
  public record Point(String text, int message) {
    public Point {
      requireNonNull(text, "text is null");
    }
  }

  /**
   * Something to be done.
   *
   * @param owner the name of a participant; empty when nobody was named
   * @param due by when, in the words of the discussion; empty when nothing was said
   * @param message the number of the message that says it
   */
  public record Task(String text, String owner, String due, int message) {
    public Task {
      requireNonNull(text, "text is null");
      requireNonNull(owner, "owner is null");
      requireNonNull(due, "due is null");
    }
  }

  public Findings {
    topics = List.copyOf(topics);
    points = List.copyOf(points);
    tasks = List.copyOf(tasks);
    conclusions = List.copyOf(conclusions);
  }
}
