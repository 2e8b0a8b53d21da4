package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * Something that somebody said in a discussion.
 *
 * @param number its place in the discussion, from 1
 * @param postId the id of its post; empty when it was pasted
 * @param author the user name, without @
 * @param text as it was written; may be empty when files speak for it
 * @param files the names of the files that came with it
 * @param reactions how many reactions it has
 */
public record Message(
    int number,
    String postId,
    String author,
    String text,
    Instant at,
    List<String> files,
    int reactions) {
  public Message {
    if (number < 1) {
      throw new IllegalArgumentException("messages are numbered from 1: " + number);
    }
    requireNonNull(postId, "postId is null");
    requireNonNull(author, "author is null");
    requireNonNull(text, "text is null");
    requireNonNull(at, "at is null");
    files = List.copyOf(files);
  }
}
