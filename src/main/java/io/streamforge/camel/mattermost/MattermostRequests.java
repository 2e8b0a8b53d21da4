package io.streamforge.camel.mattermost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The requests to Mattermost that we know; all of them are the same in the versions 5.0 to 9. Ids
 * are checked before they stand in a path.
 */
public final class MattermostRequests {
  /** How many posts a page has; more is never given. */
  static final int PAGE = 200;

  /** The account that the token belongs to. */
  public MattermostRequest me() {
    return get("users/me");
  }

  /** All posts of the thread that a post, root or not, is in; their order means nothing. */
  public MattermostRequest thread(String postId) {
    return get("posts/" + MattermostRequest.id(postId) + "/thread");
  }

  /** One post. */
  public MattermostRequest post(String postId) {
    return get("posts/" + MattermostRequest.id(postId));
  }

  /** One channel. */
  public MattermostRequest channel(String channelId) {
    return get("channels/" + MattermostRequest.id(channelId));
  }

  /** Whether a user is a member of a channel: refused with 403 or 404 when not. */
  public MattermostRequest member(String channelId, String userId) {
    return get(
        "channels/" + MattermostRequest.id(channelId) + "/members/" + MattermostRequest.id(userId));
  }

  /** Users by their ids; those that do not exist are left out. */
  public MattermostRequest users(Collection<String> ids) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    ids.forEach(id -> list.add(MattermostRequest.id(id)));
    return send("POST", "users/ids", list);
  }

  /** One user. */
  public MattermostRequest user(String userId) {
    return get("users/" + MattermostRequest.id(userId));
  }

  /** The teams that we are in. */
  public MattermostRequest teams() {
    return get("users/me/teams");
  }

  /** The channels of a team that we are in, and our direct ones. */
  public MattermostRequest channels(String teamId) {
    return get("users/me/teams/" + MattermostRequest.id(teamId) + "/channels");
  }

  /**
   * What changed in a channel: some 1,000 posts at most, and no sign that there are more.
   *
   * @param millis since when, on the server's clock; at least 1, since 0 would mean: the last 60
   */
  public MattermostRequest postsSince(String channelId, long millis) {
    return get(
        "channels/" + MattermostRequest.id(channelId) + "/posts", "since=" + Math.max(1, millis));
  }

  /**
   * The posts of a channel, the newest first.
   *
   * @param page from 0
   */
  public MattermostRequest postsPage(String channelId, int page) {
    return get(
        "channels/" + MattermostRequest.id(channelId) + "/posts",
        "page=" + page + "&per_page=" + PAGE);
  }

  /** Writes a post. */
  public MattermostRequest create(ObjectNode post) {
    return send("POST", "posts", post);
  }

  /**
   * Changes a post of ours.
   *
   * @param props all of them; null to leave them as they are
   */
  public MattermostRequest patch(String postId, String message, @Nullable ObjectNode props) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode().put("message", message);
    if (props != null) {
      patch.set("props", props);
    }
    return send("PUT", "posts/" + MattermostRequest.id(postId) + "/patch", patch);
  }

  /** Changes the text of a post of ours. */
  public MattermostRequest patch(String postId, String message) {
    return patch(postId, message, null);
  }

  /** Deletes a post of ours. */
  public MattermostRequest delete(String postId) {
    return new MattermostRequest("DELETE", "posts/" + MattermostRequest.id(postId), "", null, "");
  }

  /** Shows for some seconds that we write; 404 before 5.26. */
  public MattermostRequest typing(String channelId, String rootId) {
    ObjectNode where = JsonNodeFactory.instance.objectNode();
    where.put("channel_id", channelId).put("parent_id", rootId);
    return send("POST", "users/me/typing", where);
  }

  /** What the server tells its clients about itself, such as {@code MaxPostSize}. */
  public MattermostRequest clientConfig() {
    return get("config/client", "format=old");
  }

  private static MattermostRequest get(String path) {
    return get(path, "");
  }

  private static MattermostRequest get(String path, String query) {
    return new MattermostRequest("GET", path, query, null, "");
  }

  private static MattermostRequest send(String method, String path, JsonNode body) {
    return new MattermostRequest(method, path, "", body, "");
  }
}
