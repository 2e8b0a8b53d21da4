package io.streamforge.playground;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Mattermost server on the loopback address, as the bot and its users see it: REST version 4 and
 * the WebSocket, faithful to what was measured on real servers of three versions, in what they
 * accept, in what they refuse, and in how they word it. What it holds stays while it is stopped,
 * and is lost with the process.
 */
public final class MattermostDouble implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int LONGEST_REQUEST_FRAME = 65_536;

  private final Vertx vertx =
      Vertx.vertx(
          new VertxOptions()
              .setEventLoopPoolSize(1)
              .setWorkerPoolSize(4)
              .setInternalBlockingPoolSize(1)
              .setFileSystemOptions(
                  new FileSystemOptions()
                      .setFileCachingEnabled(false)
                      .setClassPathResolvingEnabled(false)));
  private final MattermostVersion version;
  private final @Nullable KeyCertOptions certificate;
  private final MattermostData data;
  private final MattermostJson json;
  private final MattermostSockets sockets;
  private final MattermostCommands commands = new MattermostCommands();
  private final MattermostApi api;
  private final MattermostFront front;
  private @Nullable HttpServer server;
  private int port;

  /** On a free port. */
  public MattermostDouble(MattermostVersion version) {
    this(version, 0, "", null);
  }

  /**
   * @param port 0 for a free one
   * @param path below which it answers, such as {@code /chat}; empty for none
   * @param certificate for https; null for http
   */
  public MattermostDouble(
      MattermostVersion version, int port, String path, @Nullable KeyCertOptions certificate) {
    this.version = version;
    this.port = port == 0 ? FreePorts.find() : port;
    this.certificate = certificate;
    data = new MattermostData(version);
    json = new MattermostJson(data);
    sockets = new MattermostSockets(vertx, data, json);
    api = new MattermostApi(data, json, sockets, commands);
    front = new MattermostFront(vertx, data, api, sockets, path, this::url);
    start();
  }

  /** Listens again, on the port that it had. */
  public synchronized void start() {
    if (server != null) {
      return;
    }
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(HOST)
            .setPort(port)
            .setMaxWebSocketFrameSize(LONGEST_REQUEST_FRAME)
            .setMaxWebSocketMessageSize(LONGEST_REQUEST_FRAME);
    if (certificate != null) {
      options.setSsl(true).setKeyCertOptions(certificate);
    }
    HttpServer starting = vertx.createHttpServer(options).requestHandler(front::receive);
    server = await(starting.listen());
    port = server.actualPort();
  }

  /** Refuses connections, and cuts those that are open, without a close frame. */
  public synchronized void stop() {
    if (server != null) {
      sockets.cutAll();
      await(server.close());
      server = null;
      FreePorts.awaitFree(port);
    }
  }

  /** Where it answers, without a slash at the end. */
  public String url() {
    return (certificate == null ? "http://" : "https://") + HOST + ":" + port + front.path();
  }

  /** The port on the loopback address. */
  public int port() {
    return port;
  }

  /** Which server it plays. */
  public MattermostVersion version() {
    return version;
  }

  /** Somebody new; the name is in small letters. */
  public MattermostUser user(String username) {
    synchronized (data) {
      return data.addUser(username, false);
    }
  }

  /** A new bot account; in 5.0 an ordinary one, since that has no bots. */
  public MattermostUser bot(String username) {
    synchronized (data) {
      return data.addUser(username, version != MattermostVersion.V5_0);
    }
  }

  /** A new team without members. */
  public MattermostTeam team(String name) {
    synchronized (data) {
      return data.addTeam(name);
    }
  }

  /** Makes somebody a member of a team, of none of its channels. */
  public void join(MattermostTeam team, MattermostUser user) {
    synchronized (data) {
      data.join(team.id(), user);
    }
  }

  /** A public channel; its members become members of the team. */
  public MattermostChannel channel(MattermostTeam team, String name, MattermostUser... members) {
    return channel(team, name, "O", members);
  }

  /** A private channel; its members become members of the team. */
  public MattermostChannel privateChannel(
      MattermostTeam team, String name, MattermostUser... members) {
    return channel(team, name, "P", members);
  }

  private MattermostChannel channel(
      MattermostTeam team, String name, String type, MattermostUser... members) {
    synchronized (data) {
      MattermostChannel channel =
          data.addChannel(new MattermostChannel(MattermostIds.next(), team.id(), name, name, type));
      Arrays.stream(members).forEach(member -> data.join(channel.id(), member));
      return channel;
    }
  }

  /** The direct channel of two users, which is made when it is not there. */
  public MattermostChannel direct(MattermostUser one, MattermostUser other) {
    synchronized (data) {
      return data.direct(one, other);
    }
  }

  /** Adds a member; everybody in the channel is told. */
  public void join(MattermostChannel channel, MattermostUser user) {
    synchronized (data) {
      data.join(channel.id(), user);
      StoredPost told = data.addSystemPost(channel, user, "system_join_channel");
      sockets.posted(channel, user, told, "");
      sockets.joined(channel, user);
    }
  }

  /** Removes a member. */
  public void leave(MattermostChannel channel, MattermostUser user) {
    synchronized (data) {
      data.leave(channel.id(), user);
      sockets.left(channel, user);
    }
  }

  /** Writes a post into a channel, as if its author did; returns its id. */
  public String post(MattermostUser author, MattermostChannel channel, String message) {
    return post(author, MattermostDraft.of(channel, message)).path("id").asText();
  }

  /** Answers in a thread, as if the author did; returns the id of the answer. */
  public String reply(MattermostUser author, String rootId, String message) {
    synchronized (data) {
      String channelId = data.find(rootId).map(root -> root.channelId).orElse("");
      MattermostChannel channel = allowed(() -> data.channel(channelId));
      MattermostDraft draft = MattermostDraft.of(channel, message).under(rootId);
      return post(author, draft).path("id").asText();
    }
  }

  /**
   * Writes any post, as if its author did.
   *
   * @throws IllegalArgumentException when the server refuses it
   */
  public JsonNode post(MattermostUser author, MattermostDraft draft) {
    synchronized (data) {
      return allowed(() -> api.create(author, draft));
    }
  }

  /** Gives one's own post another text. */
  public void edit(MattermostUser author, String postId, String message) {
    ObjectNode patch = MattermostJson.object().put("message", message);
    synchronized (data) {
      allowed(() -> api.edit(author, postId, patch));
    }
  }

  /** Deletes one's own post; with a root goes its thread. */
  public void delete(MattermostUser author, String postId) {
    synchronized (data) {
      allowed(
          () -> {
            api.delete(author, postId);
            return true;
          });
    }
  }

  /** Reacts to a post. */
  public void react(MattermostUser user, String postId, String emoji) {
    synchronized (data) {
      StoredPost post = allowed(() -> data.post(postId));
      StoredPost.Reaction reaction = new StoredPost.Reaction(user.id(), emoji, data.now());
      post.reactions.add(reaction);
      sockets.reacted(post, reaction);
    }
  }

  private static <T> T allowed(Callable<T> deed) {
    try {
      return deed.call();
    } catch (MattermostError e) {
      throw new IllegalArgumentException(e.id() + ": " + e.text(), e);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** The posts of a thread that are not deleted, root first, as JSON. */
  public List<JsonNode> thread(String rootId) {
    synchronized (data) {
      int replies = data.replies(rootId);
      return data.thread(rootId).stream()
          .<JsonNode>map(post -> json.post(post, replies, ""))
          .toList();
    }
  }

  /** The posts of a channel that are not deleted, oldest first, as JSON. */
  public List<JsonNode> posts(MattermostChannel channel) {
    synchronized (data) {
      return data.channelPosts(channel.id()).stream()
          .filter(post -> !post.deleted())
          .sorted(Comparator.comparingLong(post -> post.createAt))
          .<JsonNode>map(post -> json.post(post, data.replies(post.threadId()), ""))
          .toList();
    }
  }

  /** A post, also a deleted one. */
  public Optional<JsonNode> find(String postId) {
    synchronized (data) {
      return data.find(postId).map(post -> json.post(post, data.replies(post.threadId()), ""));
    }
  }

  /** The ids of the users whom a post pinged when it was written. */
  public List<String> mentioned(String postId) {
    synchronized (data) {
      return data.find(postId).map(post -> post.mentions).orElse(List.of());
    }
  }

  /** Makes the user's token worthless; lines that are open stay so. */
  public void revoke(MattermostUser user) {
    synchronized (data) {
      data.revoke(user.token());
    }
  }

  /**
   * Registers a slash command.
   *
   * @param trigger without a slash
   * @return the token with which the integration will be called
   */
  public String command(MattermostTeam team, String trigger, String url) {
    return allowed(() -> commands.register(team.id(), trigger, url));
  }

  /** Lets a slash command call another address. */
  public void redirectCommand(MattermostTeam team, String trigger, String url) {
    allowed(
        () -> {
          commands.redirect(team.id(), trigger, url);
          return true;
        });
  }

  /** Whether integrations are told in which thread a command was written; older servers do not. */
  public void tellRootOfCommands(boolean told) {
    commands.tellsRoot(told);
  }

  /** The clock of the server, ours if nothing else is said. */
  public void clock(Clock clock) {
    synchronized (data) {
      data.clock(clock);
    }
  }

  /** How long a post may be edited; enforced by 6.7 only. */
  public void editLimit(Duration limit) {
    synchronized (data) {
      data.editLimit(limit);
    }
  }

  /** How long a WebSocket without a good token stays open; 5 s if nothing else is said. */
  public void authenticationTimeout(Duration patience) {
    sockets.authentication(patience);
  }

  /** How often a WebSocket that is opened from now on is pinged; 60 s if nothing else is said. */
  public void pingPeriod(Duration period) {
    sockets.pingPeriod(period);
  }

  /** The WebSockets that are opened from now on get frames of at most so many characters. */
  public void fragment(int characters) {
    sockets.fragment(characters);
  }

  /** As behind a proxy that does not pass the header on: only the challenge lets a WebSocket in. */
  public void ignoreWebSocketHeaders(boolean ignored) {
    sockets.ignoreHeaders(ignored);
  }

  /** Cuts all WebSockets, without a close frame. */
  public void cutWebSockets() {
    sockets.cutAll();
  }

  /** Sends nothing more over the WebSockets that are open, pings included, and leaves them open. */
  public void muteWebSockets() {
    sockets.muteAll();
  }

  /** How many WebSockets are open and let in. */
  public int listening() {
    return sockets.listening();
  }

  /** How many WebSockets are open, let in or not. */
  public int openWebSockets() {
    return sockets.open();
  }

  /** How many WebSockets were ever opened. */
  public int openedWebSockets() {
    return sockets.opened();
  }

  /** Lets the next requests that the fault concerns go wrong; {@link #heal} ends it. */
  public void fail(MattermostFault fault, int times) {
    front.fail(fault, times);
  }

  /** Ends all faults; requests that hang are left so. */
  public void heal() {
    front.heal();
  }

  /** The last requests, such as {@code GET users/me} or {@code GET channels/x/posts?since=5}. */
  public List<String> requests() {
    return front.requests();
  }

  /**
   * How many requests there were.
   *
   * @param pattern a regular expression for what {@link #requests} shows, such as {@code GET
   *     users/me}
   */
  public long count(String pattern) {
    return front.requests().stream().filter(request -> request.matches(pattern)).count();
  }

  /** The headers of the last requests, tokens included, in the order of {@link #requests}. */
  public List<Map<String, String>> headers() {
    return front.headers();
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (Exception e) {
      throw new IllegalStateException("the server cannot do that: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    stop();
    await(vertx.close());
  }
}
