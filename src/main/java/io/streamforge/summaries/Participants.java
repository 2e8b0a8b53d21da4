package io.streamforge.summaries;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Who took part in a discussion; counted, not asked of a model. */
final class Participants {

  /** Somebody, and how many of the messages are theirs. */
  record Participant(String name, int messages) {}

  private Participants() {}

  /** All of them, who said most first. */
  static List<Participant> of(Discussion discussion) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    discussion.messages().forEach(message -> counts.merge(message.author(), 1, Integer::sum));
    return counts.entrySet().stream()
        .map(entry -> new Participant(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingInt(Participant::messages).reversed())
        .toList();
  }

  /** Their names by the lower-case forms. */
  static Map<String, String> byLowerCase(Discussion discussion) {
    Map<String, String> names = new LinkedHashMap<>();
    for (Message message : discussion.messages()) {
      names.putIfAbsent(message.author().toLowerCase(Locale.ROOT), message.author());
    }
    return names;
  }
}
