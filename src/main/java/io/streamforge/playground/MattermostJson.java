package io.streamforge.playground;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the server tells about its things: the keys of each version, in its order. */
final class MattermostJson {
  private static final ObjectMapper MAPPER = mapper();

  private final MattermostData data;
  private final MattermostVersion version;

  MattermostJson(MattermostData data) {
    this.data = data;
    this.version = data.version;
  }

  private static ObjectMapper mapper() {
    ObjectMapper mapper = new ObjectMapper();
    mapper.getFactory().setCharacterEscapes(new GoEscapes());
    return mapper;
  }

  /** Go writes what could be HTML as an escaped number. */
  private static final class GoEscapes extends CharacterEscapes {
    private final int[] ascii = CharacterEscapes.standardAsciiEscapesForJSON();

    GoEscapes() {
      for (char one : "<>&".toCharArray()) {
        ascii[one] = CharacterEscapes.ESCAPE_CUSTOM;
      }
    }

    @Override
    public int[] getEscapeCodesForAscii() {
      return Arrays.copyOf(ascii, ascii.length);
    }

    @Override
    public SerializableString getEscapeSequence(int character) {
      return new SerializedString(String.format(Locale.ROOT, "\\u%04x", character));
    }
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  static JsonNode read(String text) throws JsonProcessingException {
    return MAPPER.readTree(text);
  }

  static String text(JsonNode node) {
    try {
      return MAPPER.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static ObjectNode error(MattermostError error) {
    return object()
        .put("id", error.id())
        .put("message", error.text())
        .put("detailed_error", error.detail())
        .put("request_id", MattermostIds.next())
        .put("status_code", error.status());
  }

  private boolean since(MattermostVersion first) {
    return !version.before(first);
  }

  /**
   * @param own whether it is shown to its owner
   */
  ObjectNode user(MattermostUser user, boolean own) {
    ObjectNode json =
        object()
            .put("id", user.id())
            .put("create_at", 1_700_000_000_000L)
            .put("update_at", 1_700_000_000_000L)
            .put("delete_at", 0)
            .put("username", user.username())
            .put("auth_data", "")
            .put("auth_service", "")
            .put("email", own ? user.username() + "@example.com" : "")
            .put("nickname", "")
            .put("first_name", "")
            .put("last_name", "")
            .put("position", "")
            .put("roles", "system_user");
    if (own) {
      ObjectNode notify = json.putObject("notify_props");
      Map<String, String> props =
          new TreeMap<>(
              Map.of(
                  "channel", "true",
                  "comments", "never",
                  "desktop", "mention",
                  "desktop_sound", "true",
                  "email", "true",
                  "first_name", "false",
                  "mention_keys", "",
                  "push", "mention",
                  "push_status", "away"));
      if (since(MattermostVersion.V6_7)) {
        props.putAll(
            Map.of("desktop_threads", "all", "email_threads", "all", "push_threads", "all"));
      }
      props.forEach(notify::put);
      json.put("last_password_update", 1_700_000_000_000L);
    }
    json.put("locale", "en");
    json.putObject("timezone")
        .put("automaticTimezone", "")
        .put("manualTimezone", "")
        .put("useAutomaticTimezone", "true");
    if (user.bot() && since(MattermostVersion.V5_36)) {
      json.put("is_bot", true).put("bot_description", "");
    }
    return since(MattermostVersion.V5_36) ? json.put("disable_welcome_email", false) : json;
  }

  ObjectNode team(MattermostTeam team) {
    return object()
        .put("id", team.id())
        .put("create_at", 1_700_000_000_000L)
        .put("update_at", 1_700_000_000_000L)
        .put("delete_at", 0)
        .put("display_name", team.name())
        .put("name", team.name())
        .put("description", "")
        .put("email", "")
        .put("type", "O")
        .put("company_name", "")
        .put("allowed_domains", "")
        .put("invite_id", "")
        .put("allow_open_invite", false);
  }

  ObjectNode channel(MattermostChannel channel) {
    int posts = data.channelPosts(channel.id()).size();
    ObjectNode json =
        object()
            .put("id", channel.id())
            .put("create_at", 1_700_000_000_000L)
            .put("update_at", 1_700_000_000_000L)
            .put("delete_at", 0)
            .put("team_id", channel.teamId())
            .put("type", channel.type())
            .put("display_name", channel.displayName())
            .put("name", channel.name())
            .put("header", "")
            .put("purpose", "")
            .put("last_post_at", data.lastPostAt(channel.id()))
            .put("total_msg_count", posts)
            .put("extra_update_at", 0)
            .put("creator_id", "")
            .putNull("scheme_id");
    if (since(MattermostVersion.V5_36)) {
      json.putNull("props").putNull("group_constrained").putNull("shared");
      json.put("total_msg_count_root", posts).putNull("policy_id");
    }
    return since(MattermostVersion.V6_7)
        ? json.put("last_root_post_at", data.lastPostAt(channel.id()))
        : json;
  }

  ObjectNode member(String channelId, String userId) {
    ObjectNode json =
        object()
            .put("channel_id", channelId)
            .put("user_id", userId)
            .put("roles", "channel_user")
            .put("last_viewed_at", 0)
            .put("msg_count", 0)
            .put("mention_count", 0);
    json.putObject("notify_props").put("desktop", "default").put("mark_unread", "all");
    return json.put("last_update_at", 1_700_000_000_000L)
        .put("scheme_user", true)
        .put("scheme_admin", false)
        .put("explicit_roles", "");
  }

  /**
   * @param replies how many answers its thread is said to have
   * @param pending the writer's own name for it; only ever told right after it was written
   */
  ObjectNode post(StoredPost post, int replies, String pending) {
    ObjectNode json =
        object()
            .put("id", post.id)
            .put("create_at", post.createAt)
            .put("update_at", post.updateAt)
            .put("edit_at", post.editAt)
            .put("delete_at", post.deleteAt)
            .put("is_pinned", false)
            .put("user_id", post.userId)
            .put("channel_id", post.channelId)
            .put("root_id", post.rootId);
    if (version.before(MattermostVersion.V6_7)) {
      json.put("parent_id", post.rootId);
    }
    json.put("original_id", post.originalId).put("message", post.message).put("type", post.type);
    json.set("props", post.props.deepCopy());
    json.put("hashtags", "");
    if (!post.fileNames.isEmpty()) {
      ArrayNode ids = json.putArray("file_ids");
      for (int at = 0; at < post.fileNames.size(); at++) {
        ids.add(fileId(post, at));
      }
    }
    json.put("pending_post_id", pending);
    if (!post.reactions.isEmpty()) {
      json.put("has_reactions", true);
    }
    if (since(MattermostVersion.V5_36)) {
      json.put("reply_count", replies).put("last_reply_at", 0).putNull("participants");
      if (version == MattermostVersion.V5_36) {
        json.put("is_following", false);
      }
      json.set("metadata", metadata(post));
    }
    return json;
  }

  /** Derived from the post's, so that nothing more is kept. */
  private static String fileId(StoredPost post, int at) {
    return (char) ('a' + at % 26) + post.id.substring(1);
  }

  private ObjectNode metadata(StoredPost post) {
    ObjectNode metadata = object();
    if (!post.fileNames.isEmpty()) {
      metadata.set("files", files(post));
    }
    if (!post.reactions.isEmpty()) {
      metadata.set("reactions", reactions(post));
    }
    return metadata;
  }

  ArrayNode files(StoredPost post) {
    ArrayNode files = array();
    for (int at = 0; at < post.fileNames.size(); at++) {
      String name = post.fileNames.get(at);
      files
          .addObject()
          .put("id", fileId(post, at))
          .put("user_id", post.userId)
          .put("post_id", post.id)
          .put("create_at", post.createAt)
          .put("update_at", post.createAt)
          .put("delete_at", 0)
          .put("name", name)
          .put("extension", name.substring(name.lastIndexOf('.') + 1))
          .put("size", 11)
          .put("mime_type", "text/plain; charset=utf-8");
    }
    return files;
  }

  ArrayNode reactions(StoredPost post) {
    ArrayNode reactions = array();
    post.reactions.forEach(reaction -> reactions.add(reaction(post.id, reaction)));
    return reactions;
  }

  ObjectNode reaction(String postId, StoredPost.Reaction reaction) {
    ObjectNode json =
        object()
            .put("user_id", reaction.userId())
            .put("post_id", postId)
            .put("emoji_name", reaction.emoji())
            .put("create_at", reaction.createAt());
    return since(MattermostVersion.V5_36)
        ? json.put("update_at", reaction.createAt()).put("delete_at", 0).put("remote_id", "")
        : json;
  }

  /** A list of posts as the version shapes it. */
  ObjectNode posts(List<String> order, Collection<StoredPost> posts, int replies) {
    ObjectNode json = object();
    ArrayNode ids = json.putArray("order");
    order.forEach(ids::add);
    ObjectNode byId = json.putObject("posts");
    posts.forEach(post -> byId.set(post.id, post(post, replies, "")));
    if (since(MattermostVersion.V5_36)) {
      json.put("next_post_id", "").put("prev_post_id", "");
    }
    return since(MattermostVersion.V6_7) ? json.put("has_next", false) : json;
  }
}
