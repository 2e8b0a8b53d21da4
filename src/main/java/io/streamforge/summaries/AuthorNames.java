package io.streamforge.summaries;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.summaries.Reading.Said;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Who is called how in one thread. No two users share a name, and nothing that names itself can
 * take a user's.
 */
final class AuthorNames {
  private static final int LONGEST = 64;

  private final Map<String, String> byUser = new HashMap<>();
  private final Set<String> ofUsers = new HashSet<>();
  private int unknown;

  AuthorNames(JsonNode usersAnswer) {
    for (JsonNode user : usersAnswer) {
      String name = plain(user.path("username").asText());
      if (!name.isEmpty()) {
        byUser.put(user.path("id").asText(), name);
        ofUsers.add(name.toLowerCase(Locale.ROOT));
      }
    }
  }

  String of(Said post) {
    String shown = plain(post.shownName());
    if (shown.isEmpty()) {
      return byUser.computeIfAbsent(post.userId(), user -> neutral());
    }
    return ofUsers.contains(shown.toLowerCase(Locale.ROOT)) ? shown + " (webhook)" : shown;
  }

  private String neutral() {
    String name;
    do {
      unknown++;
      name = "user-" + unknown;
    } while (!ofUsers.add(name));
    return name;
  }

  /** A name on one line, without what makes it a mention. */
  static String plain(String name) {
    String line = PlainText.of(name, LONGEST);
    return line.replaceFirst("^[@\\s]+", "");
  }
}
