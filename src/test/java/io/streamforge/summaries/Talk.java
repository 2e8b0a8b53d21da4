package io.streamforge.summaries;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Discussions for tests. */
final class Talk {
  private static final Instant BEGIN = Instant.parse("2026-03-14T09:00:00Z");

  private Talk() {}

  /** Of lines like {@code "bob: I am on it."}, each a post. */
  static Discussion of(String... lines) {
    List<Message> messages = new ArrayList<>();
    for (String line : lines) {
      int colon = line.indexOf(": ");
      messages.add(
          message(messages.size() + 1, line.substring(0, colon), line.substring(colon + 2)));
    }
    return new Discussion(post(1), "c".repeat(26), messages);
  }

  /** So many messages of a few words by three people. */
  static Discussion many(int messages, String text) {
    List<Message> all = new ArrayList<>();
    for (int number = 1; number <= messages; number++) {
      all.add(
          message(number, List.of("alice", "bob", "carol").get(number % 3), text + " " + number));
    }
    return new Discussion(post(1), "c".repeat(26), all);
  }

  static Message message(int number, String author, String text) {
    return new Message(
        number, post(number), author, text, BEGIN.plusSeconds(number * 60L), List.of(), 0);
  }

  /** The id of a post, as Mattermost would make it. */
  static String post(int number) {
    return String.format("%026d", number);
  }
}
