package io.streamforge.playground;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The REST API, version 4: what the bot and its users need of it. */
final class MattermostApi {
  private final MattermostData data;
  private final MattermostJson json;
  private final MattermostLists lists;
  private final MattermostSockets sockets;
  private final MattermostCommands commands;

  /**
   * @param path below {@code /api/v4/}
   */
  record Call(
      String method, List<String> path, MultiMap query, String body, String token, String etag) {
    String part(int at) {
      return at < path.size() ? path.get(at) : "";
    }

    boolean is(String asked, String pattern) {
      String[] parts = pattern.split("/", -1);
      if (!method.equals(asked) || parts.length != path.size()) {
        return false;
      }
      for (int at = 0; at < parts.length; at++) {
        if (!parts[at].equals("*") && !parts[at].equals(path.get(at))) {
          return false;
        }
      }
      return true;
    }

    JsonNode json(String what) throws MattermostError {
      try {
        JsonNode read = MattermostJson.read(body);
        if (read.isContainerNode()) {
          return read;
        }
      } catch (JsonProcessingException notJson) {
        // Told below like a body that is empty.
      }
      throw MattermostError.bodyParameter(what);
    }

    long number(String name, long otherwise) throws MattermostError {
      String value = query.get(name);
      try {
        return value == null ? otherwise : Long.parseLong(value);
      } catch (NumberFormatException e) {
        throw MattermostError.urlParameter(name);
      }
    }
  }

  MattermostApi(
      MattermostData data,
      MattermostJson json,
      MattermostSockets sockets,
      MattermostCommands commands) {
    this.data = data;
    this.json = json;
    this.lists = new MattermostLists(data, json);
    this.sockets = sockets;
    this.commands = commands;
  }

  MattermostAnswer answer(Call call, String siteUrl) {
    try {
      if (call.is("GET", "system/ping")) {
        return MattermostAnswer.done();
      }
      if (call.is("GET", "config/client")) {
        return config(call);
      }
      if (call.is("POST", "commands/execute")) {
        return execute(call, siteUrl);
      }
      synchronized (data) {
        MattermostAnswer answer = answer(call, user(call));
        if (answer == null) {
          throw MattermostError.noSuchPage("/api/v4/" + String.join("/", call.path()));
        }
        return answer;
      }
    } catch (MattermostError e) {
      return MattermostAnswer.error(e);
    }
  }

  private MattermostUser user(Call call) throws MattermostError {
    synchronized (data) {
      return data.byToken(call.token()).orElseThrow(MattermostError::session);
    }
  }

  private @Nullable MattermostAnswer answer(Call call, MattermostUser user) throws MattermostError {
    return switch (call.part(0)) {
      case "users" -> users(call, user);
      case "teams" -> teams(call, user);
      case "channels" -> channels(call, user);
      case "posts" -> posts(call, user);
      case "reactions" -> call.is("POST", "reactions") ? react(call, user) : null;
      case "commands" -> call.is("POST", "commands") ? register(call, user) : null;
      default -> null;
    };
  }

  private @Nullable MattermostAnswer users(Call call, MattermostUser user) throws MattermostError {
    boolean old = data.version == MattermostVersion.V5_0;
    if (call.is("GET", "users/me")) {
      return MattermostAnswer.ok(json.user(user, true));
    }
    if (call.is("POST", "users/ids")) {
      ArrayNode found = MattermostJson.array();
      for (JsonNode id : call.json("user_ids")) {
        data.user(id.asText()).ifPresent(known -> found.add(json.user(known, false)));
      }
      return MattermostAnswer.ok(found);
    }
    if (call.is("POST", "users/*/typing") && !old) {
      JsonNode body = call.json("typing");
      String channelId = body.path("channel_id").asText("");
      if (!data.isMember(channelId, user.id())) {
        throw MattermostError.permissions(data.version);
      }
      sockets.typing(user, channelId, body.path("parent_id").asText(""));
      return MattermostAnswer.done();
    }
    if (call.is("GET", "users/*/teams")) {
      ArrayNode teams = MattermostJson.array();
      data.teamsOf(user.id()).forEach(team -> teams.add(json.team(team)));
      return MattermostAnswer.ok(teams);
    }
    if (call.is("GET", "users/*/teams/*/channels")) {
      String teamId = id(call, 3, "team_id");
      if (!data.isMember(teamId, user.id())) {
        throw MattermostError.permissions(data.version);
      }
      return channelsOf(user, teamId).tagged(data.version, call.etag());
    }
    if (call.is("GET", "users/*/channels") && data.version == MattermostVersion.V6_7) {
      return channelsOf(user, "");
    }
    if (call.is("GET", "users/*")) {
      MattermostUser other =
          data.user(id(call, 1, "user_id"))
              .orElseThrow(
                  () ->
                      new MattermostError(
                          404, "app.user.missing_account.const", "Unable to find the user."));
      return MattermostAnswer.ok(json.user(other, false));
    }
    return null;
  }

  private MattermostAnswer channelsOf(MattermostUser user, String teamId) {
    ArrayNode channels = MattermostJson.array();
    data.channelsOf(user.id(), teamId).forEach(channel -> channels.add(json.channel(channel)));
    return MattermostAnswer.ok(channels);
  }

  private @Nullable MattermostAnswer teams(Call call, MattermostUser user) throws MattermostError {
    if (!call.is("GET", "teams/*")) {
      return null;
    }
    String teamId = id(call, 1, "team_id");
    MattermostTeam team = data.team(teamId).orElse(null);
    if (team == null || !data.isMember(teamId, user.id())) {
      throw MattermostError.permissions(data.version);
    }
    return MattermostAnswer.ok(json.team(team));
  }

  private @Nullable MattermostAnswer channels(Call call, MattermostUser user)
      throws MattermostError {
    if (call.is("POST", "channels/direct")) {
      JsonNode ids = call.json("user_ids");
      MattermostUser one = data.user(ids.path(0).asText("")).orElse(null);
      MattermostUser other = data.user(ids.path(1).asText("")).orElse(null);
      if (one == null || other == null || !Set.of(one, other).contains(user)) {
        throw MattermostError.bodyParameter("user_ids");
      }
      return MattermostAnswer.json(201, json.channel(data.direct(one, other)));
    }
    if (call.is("GET", "channels/*")) {
      MattermostChannel channel = data.channel(id(call, 1, "channel_id"));
      data.requireMayRead(user, channel, false);
      return MattermostAnswer.ok(json.channel(channel));
    }
    if (call.is("GET", "channels/*/members/*")) {
      MattermostChannel channel = channelOfMember(call, user);
      String userId = call.part(3).equals("me") ? user.id() : id(call, 3, "user_id");
      if (!data.isMember(channel.id(), userId)) {
        throw MattermostError.memberMissing(data.version);
      }
      return MattermostAnswer.ok(json.member(channel.id(), userId));
    }
    if (call.is("GET", "channels/*/posts")) {
      MattermostChannel channel = channelOfMember(call, user);
      long since = call.number("since", 0);
      if (since > 0) {
        return MattermostAnswer.ok(lists.since(channel.id(), since));
      }
      int page = (int) Math.max(0, Math.min(1_000_000, call.number("page", 0)));
      int size = (int) Math.max(1, Math.min(200, call.number("per_page", 60)));
      return MattermostAnswer.ok(lists.page(channel.id(), page, size));
    }
    return null;
  }

  private MattermostChannel channelOfMember(Call call, MattermostUser user) throws MattermostError {
    String channelId = id(call, 1, "channel_id");
    if (!data.isMember(channelId, user.id())) {
      throw MattermostError.permissions(data.version);
    }
    return data.channel(channelId);
  }

  private @Nullable MattermostAnswer posts(Call call, MattermostUser user) throws MattermostError {
    if (call.is("POST", "posts")) {
      JsonNode body = call.json("post");
      return MattermostAnswer.json(201, create(user, MattermostDraft.read(body)));
    }
    if (call.is("POST", "posts/ephemeral")) {
      throw MattermostError.permissions(data.version);
    }
    if (call.path().size() < 2) {
      return null;
    }
    String id = id(call, 1, "post_id");
    if (call.is("PUT", "posts/*/patch") || call.is("PUT", "posts/*")) {
      return MattermostAnswer.ok(edit(user, id, call.json("post")));
    }
    if (call.is("DELETE", "posts/*")) {
      delete(user, id);
      return MattermostAnswer.done();
    }
    if (!call.method().equals("GET") || call.path().size() > 4) {
      return null;
    }
    StoredPost post = data.post(id);
    data.requireMayRead(user, data.channel(post.channelId), false);
    return switch (String.join("/", call.path()).substring("posts/".length() + id.length())) {
      case "" -> MattermostAnswer.ok(json.post(post, data.replies(post.threadId()), ""));
      case "/thread" -> MattermostAnswer.ok(lists.thread(post)).tagged(data.version, call.etag());
      case "/files/info" -> MattermostAnswer.ok(json.files(post));
      case "/reactions" -> MattermostAnswer.ok(json.reactions(post));
      default -> null;
    };
  }

  /** Writes a post and tells everybody who listens. */
  ObjectNode create(MattermostUser user, MattermostDraft draft) throws MattermostError {
    String pending = draft.pendingPostId();
    StoredPost post =
        data.create(
            user,
            draft,
            written -> {
              if (draft.at() == 0) {
                sockets.posted(channelOf(written), user, written, pending);
              }
            });
    return json.post(post, data.replies(post.threadId()), pending);
  }

  private MattermostChannel channelOf(StoredPost post) {
    try {
      return data.channel(post.channelId);
    } catch (MattermostError e) {
      throw new IllegalStateException(e);
    }
  }

  ObjectNode edit(MattermostUser user, String id, JsonNode body) throws MattermostError {
    String message = body.hasNonNull("message") ? body.path("message").asText() : null;
    ObjectNode props = body.path("props") instanceof ObjectNode given ? given.deepCopy() : null;
    StoredPost post = data.edit(user, id, message, props);
    sockets.edited(post);
    return json.post(post, data.replies(post.threadId()), "");
  }

  void delete(MattermostUser user, String id) throws MattermostError {
    StoredPost post = data.post(id);
    ObjectNode before = json.post(post, data.replies(post.threadId()), "");
    data.delete(user, id);
    sockets.deleted(post.channelId, before);
  }

  private MattermostAnswer react(Call call, MattermostUser user) throws MattermostError {
    JsonNode body = call.json("reaction");
    StoredPost post = data.post(body.path("post_id").asText(""));
    if (!data.isMember(post.channelId, user.id())) {
      throw MattermostError.permissions(data.version);
    }
    String emoji = body.path("emoji_name").asText("");
    StoredPost.Reaction reaction = new StoredPost.Reaction(user.id(), emoji, data.now());
    post.reactions.removeIf(old -> old.userId().equals(user.id()) && old.emoji().equals(emoji));
    post.reactions.add(reaction);
    sockets.reacted(post, reaction);
    return MattermostAnswer.ok(json.reaction(post.id, reaction));
  }

  private MattermostAnswer register(Call call, MattermostUser user) throws MattermostError {
    JsonNode body = call.json("command");
    String teamId = body.path("team_id").asText("");
    if (user.bot() || !data.isMember(teamId, user.id())) {
      throw MattermostError.permissions(data.version);
    }
    String trigger = body.path("trigger").asText("");
    String token = commands.register(teamId, trigger, body.path("url").asText(""));
    ObjectNode made = MattermostJson.object().put("id", MattermostIds.next()).put("token", token);
    return MattermostAnswer.json(201, made.put("team_id", teamId).put("trigger", trigger));
  }

  private MattermostAnswer execute(Call call, String siteUrl) throws MattermostError {
    MattermostUser user = user(call);
    JsonNode body = call.json("command");
    String line = body.path("command").asText("");
    String[] words = line.split("\\s+", 2);
    MattermostCommands.Call where;
    String team;
    MattermostCommands.Command command;
    synchronized (data) {
      MattermostChannel channel = data.channel(body.path("channel_id").asText(""));
      if (!data.isMember(channel.id(), user.id())) {
        throw MattermostError.permissions(data.version);
      }
      String teamId =
          channel.direct() ? body.path("team_id").asText(channel.teamId()) : channel.teamId();
      command = commands.find(teamId, words[0].replaceFirst("^/", ""));
      team = data.team(teamId).map(MattermostTeam::name).orElse("");
      String root = body.path("root_id").asText("");
      where = new MattermostCommands.Call(user, channel, teamId, root);
    }
    JsonNode answer = commands.run(command, where, words.length > 1 ? words[1] : "", siteUrl, team);
    synchronized (data) {
      show(where, answer);
    }
    ObjectNode told = MattermostJson.object();
    told.put("response_type", answer.path("response_type").asText("ephemeral"));
    return MattermostAnswer.ok(told.put("text", answer.path("text").asText("")));
  }

  /** An integration answers later, at the address that it was given. */
  MattermostAnswer later(String callId, String body) {
    try {
      JsonNode answer = MattermostJson.read(body);
      synchronized (data) {
        show(commands.answered(callId), answer);
      }
      return new MattermostAnswer(200, Map.of("Content-Type", "text/plain"), "ok");
    } catch (JsonProcessingException e) {
      return MattermostAnswer.error(MattermostError.bodyParameter("response"));
    } catch (MattermostError e) {
      return MattermostAnswer.error(e);
    }
  }

  private void show(MattermostCommands.Call where, JsonNode answer) throws MattermostError {
    String text = answer.path("text").asText("");
    MattermostDraft draft = MattermostDraft.of(where.channel, text).under(where.rootId);
    if (answer.path("response_type").asText("").equals("in_channel")) {
      draft.props().put("from_webhook", "true");
      create(where.user, draft);
    } else if (!text.isEmpty()) {
      StoredPost shown =
          new StoredPost("", where.user.id(), draft, "system_ephemeral", draft.props(), data.now());
      sockets.ephemeral(where.user, json.post(shown, 0, ""));
    }
  }

  /** Told in full to those who are logged in; in 5.0 to everybody. */
  private MattermostAnswer config(Call call) throws MattermostError {
    if (!"old".equals(call.query().get("format"))) {
      throw new MattermostError(
          501, "api.config.client.old_format.app_error", "New format is not supported yet.");
    }
    ObjectNode config = MattermostJson.object().put("BuildNumber", "playground");
    config.put("Version", data.version.number() + ".0");
    synchronized (data) {
      boolean all =
          data.version == MattermostVersion.V5_0 || data.byToken(call.token()).isPresent();
      return MattermostAnswer.ok(
          all ? config.put("MaxPostSize", MattermostData.LONGEST_MESSAGE + "") : config);
    }
  }

  private static String id(Call call, int at, String name) throws MattermostError {
    if (!call.part(at).matches("[a-z0-9]{26}")) {
      throw MattermostError.urlParameter(name);
    }
    return call.part(at);
  }
}
