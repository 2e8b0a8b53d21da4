package io.streamforge.playground;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is where and what was written: the rules of the server without its protocols. Whoever calls
 * it holds its monitor. When there is too much of it, the oldest posts are forgotten.
 */
final class MattermostData {
  static final int LONGEST_MESSAGE = 16_383;
  private static final int MOST_POSTS = 100_000;
  private static final long MOST_CHARACTERS = 60_000_000;
  private static final int MOST_OTHERS = 10_000;
  private static final int LONGEST_PROPS = 800_000;
  private static final Duration PENDING = Duration.ofSeconds(30);

  final MattermostVersion version;
  private final Map<String, MattermostUser> users = new LinkedHashMap<>();
  private final Map<String, MattermostUser> sessions = new LinkedHashMap<>();
  private final Map<String, MattermostTeam> teams = new LinkedHashMap<>();
  private final Map<String, MattermostChannel> channels = new LinkedHashMap<>();
  private final Map<String, Set<String>> members = new LinkedHashMap<>();
  private final Map<String, Long> lastPostAt = new LinkedHashMap<>();
  private final Map<String, StoredPost> posts = new LinkedHashMap<>();
  private final Map<String, Map<String, StoredPost>> inChannel = new LinkedHashMap<>();
  private final Map<String, Map<String, StoredPost>> inThread = new LinkedHashMap<>();
  private final Map<String, Integer> replies = new HashMap<>();
  private final Map<String, Pending> pending = new LinkedHashMap<>();
  private Clock clock = Clock.systemUTC();
  private Duration editLimit = Duration.ofDays(10_000);
  private long newestAt;
  private long characters;

  private record Pending(String postId, long at) {}

  MattermostData(MattermostVersion version) {
    this.version = version;
  }

  void clock(Clock other) {
    clock = other;
  }

  void editLimit(Duration limit) {
    editLimit = limit;
  }

  long now() {
    return clock.millis();
  }

  MattermostUser addUser(String username, boolean bot) {
    requireRoom(users);
    MattermostUser user =
        new MattermostUser(MattermostIds.next(), username, MattermostIds.next(), bot);
    users.put(user.id(), user);
    sessions.put(user.token(), user);
    return user;
  }

  MattermostTeam addTeam(String name) {
    requireRoom(teams);
    MattermostTeam team = new MattermostTeam(MattermostIds.next(), name);
    teams.put(team.id(), team);
    members.put(team.id(), new LinkedHashSet<>());
    return team;
  }

  MattermostChannel addChannel(MattermostChannel channel) {
    requireRoom(channels);
    channels.put(channel.id(), channel);
    members.put(channel.id(), new LinkedHashSet<>());
    inChannel.put(channel.id(), new LinkedHashMap<>());
    return channel;
  }

  private static void requireRoom(Map<?, ?> some) {
    if (some.size() >= MOST_OTHERS) {
      throw new IllegalStateException("there are " + MOST_OTHERS + " already");
    }
  }

  /** The direct channel of two users, made when it is not there. */
  MattermostChannel direct(MattermostUser one, MattermostUser other) {
    String name =
        Stream.of(one.id(), other.id()).sorted().reduce((a, b) -> a + "__" + b).orElseThrow();
    return channels.values().stream()
        .filter(channel -> channel.direct() && channel.name().equals(name))
        .findFirst()
        .orElseGet(
            () -> {
              MattermostChannel channel =
                  addChannel(new MattermostChannel(MattermostIds.next(), "", name, "", "D"));
              join(channel.id(), one);
              join(channel.id(), other);
              return channel;
            });
  }

  void join(String teamOrChannelId, MattermostUser user) {
    membersOf(teamOrChannelId).add(user.id());
    MattermostChannel channel = channels.get(teamOrChannelId);
    if (channel != null && !channel.direct()) {
      membersOf(channel.teamId()).add(user.id());
    }
  }

  void leave(String channelId, MattermostUser user) {
    membersOf(channelId).remove(user.id());
  }

  Set<String> membersOf(String teamOrChannelId) {
    return members.computeIfAbsent(teamOrChannelId, id -> new LinkedHashSet<>());
  }

  boolean isMember(String teamOrChannelId, String userId) {
    return members.getOrDefault(teamOrChannelId, Set.of()).contains(userId);
  }

  Optional<MattermostUser> byToken(String token) {
    return Optional.ofNullable(sessions.get(token));
  }

  void revoke(String token) {
    sessions.remove(token);
  }

  Optional<MattermostUser> user(String id) {
    return Optional.ofNullable(users.get(id));
  }

  Collection<MattermostUser> users() {
    return users.values();
  }

  List<MattermostTeam> teamsOf(String userId) {
    return teams.values().stream().filter(team -> isMember(team.id(), userId)).toList();
  }

  Optional<MattermostTeam> team(String id) {
    return Optional.ofNullable(teams.get(id));
  }

  /** Those of a team that a user is in, and the direct ones. */
  List<MattermostChannel> channelsOf(String userId, String teamId) {
    return channels.values().stream()
        .filter(channel -> isMember(channel.id(), userId))
        .filter(channel -> channel.direct() || teamId.isEmpty() || channel.teamId().equals(teamId))
        .toList();
  }

  MattermostChannel channel(String id) throws MattermostError {
    MattermostChannel channel = channels.get(id);
    if (channel == null) {
      throw MattermostError.channelMissing(version);
    }
    return channel;
  }

  long lastPostAt(String channelId) {
    return lastPostAt.getOrDefault(channelId, 0L);
  }

  /** Members read; of public channels, single posts and threads also the others of the team. */
  void requireMayRead(MattermostUser user, MattermostChannel channel, boolean asMember)
      throws MattermostError {
    boolean open = !asMember && channel.open() && isMember(channel.teamId(), user.id());
    if (!open && !isMember(channel.id(), user.id())) {
      throw MattermostError.permissions(version);
    }
  }

  /** What is there and not deleted. */
  StoredPost post(String id) throws MattermostError {
    StoredPost post = posts.get(id);
    if (post == null || post.deleted()) {
      throw MattermostError.postMissing(version);
    }
    return post;
  }

  Optional<StoredPost> find(String id) {
    return Optional.ofNullable(posts.get(id));
  }

  Collection<StoredPost> channelPosts(String channelId) {
    return inChannel.getOrDefault(channelId, Map.of()).values();
  }

  /** The root and all answers that are not deleted, in the order of writing. */
  List<StoredPost> thread(String rootId) {
    return inThread.getOrDefault(rootId, Map.of()).values().stream()
        .filter(post -> !post.deleted())
        .sorted(Comparator.comparingLong(post -> post.createAt))
        .toList();
  }

  int replies(String rootId) {
    return replies.getOrDefault(rootId, 0);
  }

  /** The post that was written, or the one that was written under the same pending id just now. */
  StoredPost create(MattermostUser author, MattermostDraft draft, Consumer<StoredPost> written)
      throws MattermostError {
    StoredPost before = pending(draft.pendingPostId());
    if (before != null) {
      return before;
    }
    MattermostChannel channel = channels.get(draft.channelId());
    if (channel == null || !isMember(channel.id(), author.id())) {
      throw MattermostError.permissions(version);
    }
    checkRoot(draft);
    checkText(draft.message(), draft.props());
    ObjectNode props = draft.props().deepCopy();
    if (author.bot() && !version.before(MattermostVersion.V5_36)) {
      props.put("from_bot", "true");
    }
    StoredPost post = add(author.id(), draft, "", props);
    post.mentions = mentions(author, channel, draft.message());
    if (!draft.pendingPostId().isEmpty() && !version.before(MattermostVersion.V5_36)) {
      pending.put(draft.pendingPostId(), new Pending(post.id, now()));
    }
    written.accept(post);
    return post;
  }

  private @Nullable StoredPost pending(String pendingPostId) {
    pending.values().removeIf(one -> one.at() < now() - PENDING.toMillis());
    Pending before = pending.get(pendingPostId);
    return before == null ? null : posts.get(before.postId());
  }

  private void checkRoot(MattermostDraft draft) throws MattermostError {
    if (draft.rootId().isEmpty()) {
      return;
    }
    StoredPost root = posts.get(draft.rootId());
    if (root == null || root.deleted()) {
      throw MattermostError.wrongRoot();
    }
    if (!root.channelId.equals(draft.channelId())) {
      throw MattermostError.otherChannel();
    }
    if (!root.rootId.isEmpty() && version != MattermostVersion.V5_0) {
      throw MattermostError.wrongRoot();
    }
  }

  private void checkText(String message, ObjectNode props) throws MattermostError {
    if (message.codePointCount(0, message.length()) > LONGEST_MESSAGE
        || props.toString().length() > LONGEST_PROPS) {
      throw MattermostError.tooLong(version);
    }
    if (message.indexOf('\0') >= 0) {
      throw MattermostError.notSaved(version);
    }
  }

  /** A post of the server's own, such as that somebody has joined. */
  StoredPost addSystemPost(MattermostChannel channel, MattermostUser about, String type) {
    ObjectNode props = JsonNodeFactory.instance.objectNode().put("username", about.username());
    String text = about.username() + " joined the channel.";
    return add(about.id(), MattermostDraft.of(channel, text), type, props);
  }

  private StoredPost add(String userId, MattermostDraft draft, String type, ObjectNode props) {
    // A server takes longer than a millisecond for a post.
    newestAt = Math.max(now(), newestAt + 1);
    long at = draft.at() > 0 ? draft.at() : newestAt;
    StoredPost post = new StoredPost("", userId, draft, type, props, at);
    keep(post);
    inThread.computeIfAbsent(post.threadId(), id -> new LinkedHashMap<>()).put(post.id, post);
    lastPostAt.merge(post.channelId, at, Math::max);
    StoredPost root = posts.get(post.rootId);
    if (root != null) {
      replies.merge(root.id, 1, Integer::sum);
      root.updateAt = Math.max(root.updateAt, at);
    }
    return post;
  }

  private void keep(StoredPost post) {
    posts.put(post.id, post);
    inChannel.computeIfAbsent(post.channelId, id -> new LinkedHashMap<>()).put(post.id, post);
    characters += post.weight();
    while (posts.size() > MOST_POSTS || characters > MOST_CHARACTERS) {
      forget(posts.values().iterator().next());
    }
  }

  private void forget(StoredPost post) {
    posts.remove(post.id);
    inChannel.getOrDefault(post.channelId, Map.of()).remove(post.id);
    Map<String, StoredPost> thread = inThread.get(post.threadId());
    if (thread != null && thread.remove(post.id) != null && thread.isEmpty()) {
      inThread.remove(post.threadId());
      replies.remove(post.threadId());
    }
    characters -= post.weight();
  }

  /** Its text before the edit stays, as a deleted copy of another id. */
  StoredPost edit(
      MattermostUser author, String id, @Nullable String message, @Nullable ObjectNode props)
      throws MattermostError {
    StoredPost post = posts.get(id);
    if (post == null || post.deleted() || !post.userId.equals(author.id())) {
      throw MattermostError.permissions(version);
    }
    boolean enforced = version == MattermostVersion.V6_7;
    if (enforced && now() > post.createAt + editLimit.toMillis()) {
      throw MattermostError.tooLate((int) editLimit.toSeconds());
    }
    checkText(message == null ? "" : message, props == null ? post.props : props);
    long at = Math.max(now(), post.updateAt);
    MattermostDraft old =
        new MattermostDraft(
            post.channelId, post.rootId, post.message, post.props, post.fileNames, "", 0);
    StoredPost copy = new StoredPost(id, post.userId, old, post.type, post.props, post.createAt);
    copy.updateAt = at;
    copy.deleteAt = at;
    characters -= post.weight();
    post.message = message == null ? post.message : message;
    post.props = props == null ? post.props : props;
    characters += post.weight();
    post.updateAt = at;
    post.editAt = at;
    keep(copy);
    lastPostAt.merge(post.channelId, at, Math::max);
    return post;
  }

  /** With the root goes the thread. */
  StoredPost delete(MattermostUser user, String id) throws MattermostError {
    StoredPost post = post(id);
    if (!post.userId.equals(user.id())) {
      throw MattermostError.permissions(version);
    }
    List<StoredPost> gone = new ArrayList<>(List.of(post));
    if (post.rootId.isEmpty()) {
      gone.addAll(thread(id));
    }
    for (StoredPost one : gone) {
      replies.computeIfPresent(one.rootId, (root, count) -> count - 1);
      one.deleteAt = now();
      one.updateAt = one.deleteAt;
    }
    return post;
  }

  private List<String> mentions(MattermostUser author, MattermostChannel channel, String message) {
    Set<String> all = membersOf(channel.id());
    boolean everybody = MattermostMentions.everybody(message) && !channel.direct();
    Set<String> names = MattermostMentions.names(message);
    return all.stream()
        .filter(id -> !id.equals(author.id()))
        .filter(
            id ->
                everybody
                    || channel.direct()
                    || user(id).map(user -> names.contains(user.username())).orElse(false))
        .toList();
  }
}
