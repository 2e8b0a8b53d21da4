package io.streamforge.camel.mattermost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashSet;
import java.util.Set;

/** Which posts were taken in by this process, live or by catching up; the oldest are forgotten. */
public final class HeardPosts {
  private final int most;
  private final Set<String> ids = new LinkedHashSet<>();

  /**
   * @param most how many are remembered
   */
  public HeardPosts(int most) {
    this.most = most;
  }

  /** This post is taken in, and need not be again. */
  public synchronized void add(JsonNode post) {
    if (ids.add(post.path("id").asText("")) && ids.size() > most) {
      ids.remove(ids.iterator().next());
    }
  }

  synchronized boolean contains(String postId) {
    return ids.contains(postId);
  }
}
