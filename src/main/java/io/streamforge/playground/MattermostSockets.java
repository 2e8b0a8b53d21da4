package io.streamforge.playground;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The WebSockets: who listens, how they are let in, and what they are told. */
final class MattermostSockets {
  private static final int LONGEST_FRAME = 8192;
  private static final long LEAST_PATIENCE = Duration.ofSeconds(5).toNanos();

  private final Vertx vertx;
  private final MattermostData data;
  private final MattermostJson json;
  private final Set<MattermostLine> lines = ConcurrentHashMap.newKeySet();
  private final AtomicInteger opened = new AtomicInteger();
  private volatile Duration authentication = Duration.ofSeconds(5);
  private volatile Duration pingPeriod = Duration.ofSeconds(60);
  private volatile int fragment;
  private volatile boolean headersIgnored;

  MattermostSockets(Vertx vertx, MattermostData data, MattermostJson json) {
    this.vertx = vertx;
    this.data = data;
    this.json = json;
  }

  void authentication(Duration patience) {
    authentication = patience;
  }

  void pingPeriod(Duration period) {
    pingPeriod = period;
  }

  void fragment(int characters) {
    fragment = characters;
  }

  void ignoreHeaders(boolean ignored) {
    headersIgnored = ignored;
  }

  int opened() {
    return opened.get();
  }

  int listening() {
    return (int) lines.stream().filter(line -> line.user() != null).count();
  }

  int open() {
    return lines.size();
  }

  void cutAll() {
    lines.forEach(MattermostLine::cut);
  }

  void muteAll() {
    lines.forEach(MattermostLine::mute);
  }

  /** A wrong token is not told from none: the line opens, and is cut when the time is up. */
  void accept(HttpServerRequest request, Optional<MattermostUser> user) {
    request
        .toWebSocket()
        .onSuccess(
            socket -> {
              MattermostLine line =
                  new MattermostLine(
                      socket,
                      (ConnectionBase) request.connection(),
                      vertx.getOrCreateContext(),
                      fragment);
              opened.incrementAndGet();
              listen(socket, line);
              lines.add(line);
              if (socket.isClosed()) {
                lines.remove(line);
                return;
              }
              user.filter(known -> !headersIgnored)
                  .ifPresent(known -> greet(line, known, () -> {}));
              vertx.setTimer(
                  authentication.toMillis(),
                  timer -> {
                    if (line.user() == null) {
                      line.cut();
                    }
                  });
            });
  }

  private void listen(ServerWebSocket socket, MattermostLine line) {
    long patience = Math.max(LEAST_PATIENCE, pingPeriod.toNanos() / 6 * 10);
    AtomicLong ponged = new AtomicLong(System.nanoTime());
    socket.pongHandler(pong -> ponged.set(System.nanoTime()));
    long pings =
        vertx.setPeriodic(
            pingPeriod.toMillis(),
            timer -> {
              if (System.nanoTime() - ponged.get() > patience && !line.isMute()) {
                line.cut();
              }
              line.ping();
            });
    socket.closeHandler(
        closed -> {
          vertx.cancelTimer(pings);
          lines.remove(line);
        });
    socket.exceptionHandler(broken -> line.cut());
    socket.textMessageHandler(
        text -> {
          if (text.length() > LONGEST_FRAME) {
            socket.close((short) 1009);
          } else {
            answer(line, text);
          }
        });
  }

  private void answer(MattermostLine line, String text) {
    JsonNode request;
    try {
      request = MattermostJson.read(text);
    } catch (JsonProcessingException notJson) {
      line.cut();
      return;
    }
    JsonNode seq = request.path("seq");
    if (!seq.isIntegralNumber() && !seq.isMissingNode()) {
      line.cut();
      return;
    }
    String action = request.path("action").asText("");
    if (action.isEmpty() || seq.asLong() < 1) {
      fail(line, seq.asLong(), "api.web_socket_router.no_action.app_error");
    } else if (action.equals("authentication_challenge")) {
      challenge(line, seq.asLong(), request.path("data").path("token").asText(""));
    } else if (line.user() == null) {
      fail(line, seq.asLong(), "api.web_socket_router.not_authenticated.app_error");
    } else if (action.equals("ping")) {
      ObjectNode pong = ok(seq.asLong());
      pong.putObject("data").put("text", "pong").put("version", data.version.serverVersion());
      line.reply(pong);
    } else if (action.equals("user_typing")) {
      String channelId = request.path("data").path("channel_id").asText("");
      typing(line.user(), channelId, request.path("data").path("parent_id").asText(""));
      line.reply(ok(seq.asLong()));
    } else {
      fail(line, seq.asLong(), "api.web_socket_router.bad_action.app_error");
    }
  }

  private void challenge(MattermostLine line, long seq, String token) {
    if (line.user() != null) {
      return;
    }
    Optional<MattermostUser> user;
    synchronized (data) {
      user = data.byToken(token);
    }
    user.ifPresentOrElse(known -> greet(line, known, () -> line.reply(ok(seq))), line::cut);
  }

  private static ObjectNode ok(long seq) {
    return MattermostJson.object().put("status", "OK").put("seq_reply", seq);
  }

  private static void fail(MattermostLine line, long seq, String id) {
    ObjectNode reply = MattermostJson.object().put("status", "FAIL").put("seq_reply", seq);
    reply.putObject("error").put("id", id).put("message", "Invalid WebSocket action.");
    line.reply(reply);
  }

  private void greet(MattermostLine line, MattermostUser user, Runnable between) {
    synchronized (data) {
      line.greet(user);
      ObjectNode hello = MattermostJson.object();
      if (data.version == MattermostVersion.V6_7) {
        hello.put("connection_id", MattermostIds.next());
      } else if (data.version == MattermostVersion.V5_36) {
        hello.put("connection_id", "");
      }
      hello.put("server_version", data.version.serverVersion());
      line.event("hello", hello, broadcast(user.id(), "", ""));
      between.run();
      ObjectNode status = MattermostJson.object().put("status", "online");
      line.event("status_change", status.put("user_id", user.id()), broadcast(user.id(), "", ""));
    }
  }

  private ObjectNode broadcast(String userId, String channelId, String omittedUser) {
    ObjectNode json = MattermostJson.object();
    if (omittedUser.isEmpty()) {
      json.putNull("omit_users");
    } else {
      json.putObject("omit_users").put(omittedUser, true);
    }
    json.put("user_id", userId).put("channel_id", channelId).put("team_id", "");
    return data.version == MattermostVersion.V6_7 ? json.put("connection_id", "") : json;
  }

  private void tell(Predicate<MattermostUser> whom, Consumer<MattermostLine> event) {
    for (MattermostLine line : lines) {
      MattermostUser user = line.user();
      boolean known = user != null && (tellsRevoked() || data.byToken(user.token()).isPresent());
      if (user != null && known && whom.test(user)) {
        event.accept(line);
      }
    }
  }

  /** Whose token was revoked is told all the same by 6.7. */
  private boolean tellsRevoked() {
    return data.version == MattermostVersion.V6_7;
  }

  private void tellChannel(String channelId, String event, ObjectNode told) {
    ObjectNode broadcast = broadcast("", channelId, "");
    tell(user -> data.isMember(channelId, user.id()), line -> line.event(event, told, broadcast));
  }

  void posted(MattermostChannel channel, MattermostUser author, StoredPost post, String pending) {
    boolean old = data.version == MattermostVersion.V5_0;
    String shown = channel.displayName();
    ObjectNode told = MattermostJson.object();
    told.put(
        "channel_display_name", !channel.direct() ? shown : old ? "" : "@" + author.username());
    told.put("channel_name", channel.name()).put("channel_type", channel.type());
    if (!post.mentions.isEmpty()) {
      told.put("mentions", strings(post.mentions));
    }
    if (!post.fileNames.isEmpty()) {
      told.put("otherFile", "true");
    }
    told.put("post", MattermostJson.text(json.post(post, data.replies(post.threadId()), pending)));
    String system = old ? "" : "System";
    told.put("sender_name", post.system() ? system : (old ? "" : "@") + author.username());
    if (!old) {
      told.put("set_online", true);
    }
    tellChannel(channel.id(), "posted", told.put("team_id", channel.teamId()));
  }

  private static String strings(Iterable<String> some) {
    var array = MattermostJson.array();
    some.forEach(array::add);
    return MattermostJson.text(array);
  }

  void edited(StoredPost post) {
    ObjectNode shown = json.post(post, data.replies(post.threadId()), "");
    ObjectNode told = MattermostJson.object().put("post", MattermostJson.text(shown));
    tellChannel(post.channelId, "post_edited", told);
  }

  /**
   * @param before the post as it was before it was deleted
   */
  void deleted(String channelId, ObjectNode before) {
    if (data.version == MattermostVersion.V6_7) {
      before.remove("metadata");
    }
    ObjectNode told = MattermostJson.object().put("post", MattermostJson.text(before));
    tellChannel(channelId, "post_deleted", told);
  }

  void reacted(StoredPost post, StoredPost.Reaction reaction) {
    String shown = MattermostJson.text(json.reaction(post.id, reaction));
    tellChannel(post.channelId, "reaction_added", MattermostJson.object().put("reaction", shown));
  }

  void joined(MattermostChannel channel, MattermostUser user) {
    ObjectNode told = MattermostJson.object().put("team_id", channel.teamId());
    tellChannel(channel.id(), "user_added", told.put("user_id", user.id()));
  }

  void left(MattermostChannel channel, MattermostUser user) {
    ObjectNode told = MattermostJson.object().put("channel_id", channel.id());
    told.put("remover_id", user.id());
    tell(
        other -> other.id().equals(user.id()),
        line -> line.event("user_removed", told, broadcast(user.id(), "", "")));
    ObjectNode others = MattermostJson.object().put("remover_id", user.id());
    tellChannel(channel.id(), "user_removed", others.put("user_id", user.id()));
  }

  void typing(MattermostUser user, String channelId, String parentId) {
    synchronized (data) {
      ObjectNode told = MattermostJson.object().put("parent_id", parentId);
      told.put("user_id", user.id());
      tell(
          other -> data.isMember(channelId, other.id()) && !other.id().equals(user.id()),
          line -> line.event("typing", told, broadcast("", channelId, user.id())));
    }
  }

  void ephemeral(MattermostUser user, ObjectNode post) {
    ObjectNode told = MattermostJson.object().put("post", MattermostJson.text(post));
    tell(
        other -> other.id().equals(user.id()),
        line -> line.event("ephemeral_message", told, broadcast(user.id(), "", "")));
  }
}
