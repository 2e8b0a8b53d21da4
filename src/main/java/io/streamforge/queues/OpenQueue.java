package io.streamforge.queues;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is needed to decide whether a queue wants looking after or announcing. */
public record OpenQueue(String id, long version, Instant updatedAt, boolean open) {
  private static final int PAGE = 100;

  /**
   * The ids of these queues, those that have waited longest first, in lists that are short enough
   * to be looked after in one go.
   */
  public static List<List<String>> pages(List<OpenQueue> queues) {
    List<String> ids =
        queues.stream()
            .sorted(Comparator.comparing(OpenQueue::updatedAt))
            .map(OpenQueue::id)
            .toList();
    List<List<String>> pages = new ArrayList<>();
    for (int from = 0; from < ids.size(); from += PAGE) {
      pages.add(ids.subList(from, Math.min(ids.size(), from + PAGE)));
    }
    return pages;
  }
}
