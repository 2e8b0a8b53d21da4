package io.streamforge.summaries;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an answer into posts: between its blocks where that is possible, else between lines. Each
 * line is in exactly one post.
 */
final class PostSplitter {
  /** Room for "(12/34)" and the empty line behind it. */
  private static final int NUMBERING = 16;

  private final int limit;
  private final List<StringBuilder> posts = new ArrayList<>(List.of(new StringBuilder()));
  private int length;

  private PostSplitter(int limit) {
    this.limit = limit;
  }

  /**
   * Cuts an answer.
   *
   * @param blocks lines that belong together, the first of each being its heading
   * @param limit how many code points a post may have
   * @throws IllegalArgumentException when a line is longer than a post
   */
  static List<String> split(List<List<String>> blocks, int limit) {
    String whole =
        String.join("\n\n", blocks.stream().map(block -> String.join("\n", block)).toList());
    if (points(whole) <= limit) {
      return List.of(whole);
    }
    PostSplitter splitter = new PostSplitter(limit - NUMBERING);
    blocks.forEach(splitter::add);
    List<String> numbered = new ArrayList<>();
    for (StringBuilder post : splitter.posts) {
      String number = "(" + (numbered.size() + 1) + "/" + splitter.posts.size() + ")";
      numbered.add(number + "\n\n" + post);
    }
    return numbered;
  }

  private void add(List<String> block) {
    String whole = String.join("\n", block);
    int needed = points(whole);
    if (length > 0 && length + 2 + needed <= limit) {
      append("\n\n", whole, needed);
    } else if (needed <= limit) {
      begin(whole, needed);
    } else {
      addLines(block);
    }
  }

  /** A heading does not stay behind without the first of its lines. */
  private void addLines(List<String> block) {
    String separator = "\n\n";
    int at = 0;
    while (at < block.size()) {
      boolean isHeading = at == 0 && block.size() > 1;
      String lines = isHeading ? block.get(0) + "\n" + block.get(1) : block.get(at);
      int needed = points(lines);
      if (needed > limit) {
        throw new IllegalArgumentException("a line of " + needed + " is longer than a post");
      }
      if (length > 0 && length + separator.length() + needed <= limit) {
        append(separator, lines, needed);
      } else {
        begin(lines, needed);
      }
      separator = "\n";
      at += isHeading ? 2 : 1;
    }
  }

  private void append(String separator, String lines, int needed) {
    posts.get(posts.size() - 1).append(separator).append(lines);
    length += separator.length() + needed;
  }

  private void begin(String lines, int needed) {
    if (length > 0) {
      posts.add(new StringBuilder());
    }
    posts.get(posts.size() - 1).append(lines);
    length = needed;
  }

  static int points(String text) {
    return text.codePointCount(0, text.length());
  }
}
