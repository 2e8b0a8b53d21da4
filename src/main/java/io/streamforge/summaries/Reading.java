package io.streamforge.summaries;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What counts of a thread, before the names of its authors are known.
 *
 * @param rootId the id of the thread's first post, whether that one counts or not
 * @param said in the order in which it was said
 */
public record Reading(String rootId, String channelId, List<Said> said) {

  /**
   * A post that counts.
   *
   * @param shownName the name that a webhook or a bot gave itself; empty when it shows the user's
   */
  record Said(
      String postId,
      String userId,
      String shownName,
      String text,
      Instant at,
      List<String> files,
      int reactions) {}

  public Reading {
    requireNonNull(rootId, "rootId is null");
    requireNonNull(channelId, "channelId is null");
    said = List.copyOf(said);
  }

  /** How many posts count. */
  public int size() {
    return said.size();
  }

  /** The users whose names are needed, for {@code POST /api/v4/users/ids}. */
  public Collection<String> userIds() {
    Set<String> ids = new LinkedHashSet<>();
    said.forEach(post -> ids.add(post.userId()));
    return List.copyOf(ids);
  }

  /**
   * The discussion, with the names of its authors.
   *
   * @param usersAnswer what {@code POST /api/v4/users/ids} answered; users that it does not name
   *     are named neutrally
   */
  public Discussion discussion(JsonNode usersAnswer) {
    AuthorNames names = new AuthorNames(usersAnswer);
    List<Message> messages = new ArrayList<>();
    for (Said post : said) {
      messages.add(
          new Message(
              messages.size() + 1,
              post.postId(),
              names.of(post),
              post.text(),
              post.at(),
              post.files(),
              post.reactions()));
    }
    return new Discussion(rootId, channelId, messages);
  }
}
