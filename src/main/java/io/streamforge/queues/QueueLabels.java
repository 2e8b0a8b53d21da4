package io.streamforge.queues;

import java.util.ArrayList;
import java.util.List;

/** The words by which queues are found: a queue carries labels, a filter asks for some. */
public final class QueueLabels {
  /** Carried by every queue. */
  public static final String ANY = "any";

  private QueueLabels() {}

  /** What a queue carries, each label once. */
  public static List<String> of(StoredQueue queue) {
    List<String> labels = new ArrayList<>();
    labels.add(ANY);
    labels.add("status:" + queue.status());
    labels.add("symbol:" + queue.symbol());
    queue.types().forEach(type -> labels.add("type:" + type));
    queue.targets().forEach(target -> labels.add("target:" + target));
    return labels.stream().distinct().toList();
  }

  /** What a filter asks for: one label of each group. */
  public static List<List<String>> of(QueueFilter filter) {
    List<List<String>> groups = new ArrayList<>();
    addGroup(groups, "status:", filter.statuses());
    addGroup(groups, "symbol:", filter.symbols());
    addGroup(groups, "type:", filter.types());
    addGroup(groups, "target:", filter.targets());
    return groups.isEmpty() ? List.of(List.of(ANY)) : groups;
  }

  private static void addGroup(List<List<String>> groups, String prefix, List<String> words) {
    if (!words.isEmpty()) {
      groups.add(words.stream().distinct().map(word -> prefix + word).toList());
    }
  }
}
