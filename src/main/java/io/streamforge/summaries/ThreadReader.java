package io.streamforge.summaries;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.summaries.Reading.Said;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Reads what {@code GET /api/v4/posts/{id}/thread} answers. {@code order} is of no use: Mattermost
 * 5.0 lists one id there, later ones list the asked one twice, and in no order.
 */
public final class ThreadReader {
  private static final int LONGEST_FILE_NAME = 120;

  /**
   * Keeps what counts: not what the system says, what was deleted, what the bot itself said, and
   * the commands to it. What other bots and webhooks say counts.
   *
   * @param isCommand whether a whole message is a command to the bot
   * @throws IllegalArgumentException when that is no answer with posts
   */
  public Reading read(JsonNode threadAnswer, String botUserId, Predicate<String> isCommand) {
    JsonNode posts = threadAnswer.path("posts");
    if (!posts.isObject() || posts.isEmpty()) {
      throw new IllegalArgumentException("the answer of Mattermost has no posts");
    }
    Map<String, JsonNode> byId = new LinkedHashMap<>();
    posts.forEach(post -> byId.putIfAbsent(post.path("id").asText(), post));
    JsonNode any = byId.values().iterator().next();
    String root = any.path("root_id").asText();
    List<Said> said = new ArrayList<>();
    for (JsonNode post : byId.values()) {
      if (counts(post, botUserId, isCommand)) {
        said.add(said(post));
      }
    }
    said.sort(Comparator.comparing(Said::at).thenComparing(Said::postId));
    return new Reading(
        root.isEmpty() ? any.path("id").asText() : root, any.path("channel_id").asText(), said);
  }

  private static boolean counts(JsonNode post, String botUserId, Predicate<String> isCommand) {
    return !post.path("type").asText().startsWith("system_")
        && post.path("delete_at").asLong() == 0
        && !post.path("user_id").asText().equals(botUserId)
        && !isCommand.test(post.path("message").asText());
  }

  private static Said said(JsonNode post) {
    return new Said(
        post.path("id").asText(),
        post.path("user_id").asText(),
        post.path("props").path("override_username").asText(),
        PostText.of(post),
        Instant.ofEpochMilli(post.path("create_at").asLong()),
        files(post),
        post.path("metadata").path("reactions").size());
  }

  /** By name where the server tells it (5.36 and later), else by number. */
  private static List<String> files(JsonNode post) {
    List<String> names = post.path("metadata").path("files").findValuesAsText("name");
    List<String> files = new ArrayList<>();
    names.forEach(name -> files.add(PlainText.of(name, LONGEST_FILE_NAME)));
    for (int at = names.size(); at < post.path("file_ids").size(); at++) {
      files.add("file " + (at + 1));
    }
    return files;
  }
}
