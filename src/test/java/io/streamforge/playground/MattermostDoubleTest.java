package io.streamforge.playground;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.streamforge.playground.MattermostUserClient.Answer;
import io.streamforge.playground.MattermostUserClient.Line;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.WebSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was captured from real servers is what the played one says. */
@SuppressWarnings("NullAway.Init")
class MattermostDoubleTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private MattermostDouble server;
  private MattermostUser bot;
  private MattermostUser alice;
  private MattermostUser stranger;
  private MattermostTeam team;
  private MattermostChannel channel;
  private MattermostUserClient asBot;
  private MattermostUserClient asAlice;

  private void start(MattermostVersion version) {
    server = new MattermostDouble(version);
    bot = server.bot("summary-bot");
    alice = server.user("alice");
    stranger = server.user("stranger");
    team = server.team("dev");
    channel = server.channel(team, "incidents", bot, alice);
    asBot = new MattermostUserClient(server, bot.token());
    asAlice = new MattermostUserClient(server, alice.token());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode fixture(String name) throws IOException {
    String path = "/mattermost/" + server.version() + "/" + name + ".json";
    try (InputStream in = getClass().getResourceAsStream(path)) {
      return MAPPER.readTree(in);
    }
  }

  /** The keys of objects, in any depth. */
  private static String shape(JsonNode node) {
    if (node.isArray()) {
      return node.isEmpty() ? "[]" : "[" + shape(node.get(0)) + "]";
    }
    if (!node.isObject()) {
      return "";
    }
    var keys = new TreeMap<String, String>();
    node.properties().forEach(field -> keys.put(field.getKey(), shape(field.getValue())));
    return keys.toString();
  }

  private static List<String> keys(JsonNode node) {
    List<String> keys = new ArrayList<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static void assertSameError(Answer answer, JsonNode captured) {
    assertThat(answer.status()).isEqualTo(captured.path("status_code").asInt());
    assertThat(answer.body().path("id")).isEqualTo(captured.path("id"));
    assertThat(answer.body().path("message")).isEqualTo(captured.path("message"));
    assertThat(keys(answer.body())).isEqualTo(keys(captured));
  }

  private static String quoted(String json) {
    return json.replace('\'', '"');
  }

  private String draft(String message) {
    return quoted("{'channel_id':'" + channel.id() + "','message':'" + message + "'}");
  }

  private String reply(String rootId) {
    return quoted("{'channel_id':'" + channel.id() + "','message':'x','root_id':'" + rootId + "'}");
  }

  @ParameterizedTest
  @EnumSource
  void accounts_channels_and_posts_have_the_captured_keys_in_their_order(MattermostVersion version)
      throws Exception {
    start(version);
    assertThat(keys(asBot.get("users/me").body())).isEqualTo(keys(fixture("users-me-bot")));
    Answer names = asBot.call("POST", "users/ids", quoted("['" + alice.id() + "']"));
    assertThat(shape(names.body())).isEqualTo(shape(fixture("users-ids")));
    assertThat(keys(asBot.get("channels/" + channel.id()).body()))
        .isEqualTo(keys(fixture("channel")));
    Answer created = asAlice.call("POST", "posts", draft("!summary"));
    assertThat(created.status()).isEqualTo(201);
    assertThat(keys(created.body())).isEqualTo(keys(fixture("post-create-response")));
  }

  @ParameterizedTest
  @EnumSource
  void the_order_of_a_thread_is_as_odd_as_it_was(MattermostVersion version) throws Exception {
    start(version);
    String root = server.post(alice, channel, "root");
    String last = "";
    for (int i = 0; i < 12; i++) {
      last = server.reply(alice, root, "answer " + i);
    }
    String gone = server.reply(alice, root, "gone");
    server.delete(alice, gone);
    JsonNode thread = asBot.get("posts/" + last + "/thread").body();
    assertThat(keys(thread)).isEqualTo(keys(fixture("thread")));
    assertThat(thread.path("posts")).hasSize(13);
    assertThat(thread.path("order").get(0).asText()).isEqualTo(last);
    assertThat(thread.path("order")).hasSize(version == MattermostVersion.V5_0 ? 1 : 14);
    assertThat(keys(thread.path("posts").path(root)))
        .isEqualTo(keys(fixture("thread").path("posts").iterator().next()));
  }

  @ParameterizedTest
  @EnumSource
  void what_is_refused_is_refused_in_the_captured_words(MattermostVersion version)
      throws Exception {
    start(version);
    Answer bad = new MattermostUserClient(server, "wrong").get("users/me");
    assertThat(bad.status()).isEqualTo(401);
    assertThat(bad.body().path("id")).isEqualTo(fixture("error-401-bad-token").at("/body/id"));
    assertThat(bad.response().headers().firstValue("Set-Cookie")).isPresent();
    assertSameError(asBot.get("posts/" + bot.id()), fixture("error-404-post"));
    String tooLong = draft("x".repeat(16_384));
    assertSameError(asBot.call("POST", "posts", tooLong), fixture("error-too-long"));
    assertThat(asBot.call("POST", "posts", draft("😀".repeat(16_383))).status()).isEqualTo(201);
    MattermostChannel secret = server.privateChannel(team, "secret", alice);
    String hidden = server.post(alice, secret, "hidden");
    assertSameError(asBot.get("posts/" + hidden + "/thread"), fixture("error-403-thread"));
    String intruding =
        quoted("{'channel_id':'" + secret.id() + "','message':'x','root_id':'" + hidden + "'}");
    assertSameError(asBot.call("POST", "posts", intruding), fixture("error-403-post"));
    assertSameError(
        asAlice.call(
            "POST",
            "commands/execute",
            quoted("{'channel_id':'" + channel.id() + "','command':'/summary'}")),
        fixture("command-not-found"));
    assertThat(asBot.get("nowhere").body().path("id").asText())
        .isEqualTo("api.context.404.app_error");
    assertThat(asBot.get("posts/short").status()).isEqualTo(400);
  }

  @ParameterizedTest
  @EnumSource
  void a_reply_to_a_reply_is_refused_and_in_5_0_breaks_the_thread(MattermostVersion version)
      throws Exception {
    start(version);
    String root = server.post(alice, channel, "root");
    String answer = server.reply(alice, root, "answer");
    Answer nested = asBot.call("POST", "posts", reply(answer));
    JsonNode captured = fixture("error-root-is-reply");
    if (version == MattermostVersion.V5_0) {
      assertThat(nested.status()).isEqualTo(201);
      assertThat(keys(nested.body())).isEqualTo(keys(captured));
      assertThat(asBot.get("posts/" + root + "/thread").body().path("posts")).hasSize(2);
    } else {
      assertSameError(nested, captured);
    }
    MattermostChannel other = server.channel(team, "other", bot);
    String elsewhere =
        quoted("{'channel_id':'" + other.id() + "','message':'x','root_id':'" + root + "'}");
    assertThat(asBot.call("POST", "posts", elsewhere).status()).isEqualTo(400);
    server.delete(alice, root);
    Answer late = asBot.call("POST", "posts", reply(root));
    assertThat(late.status()).isEqualTo(400);
    assertThat(late.body().path("id").asText()).isEqualTo("api.post.create_post.root_id.app_error");
    assertThat(asBot.get("posts/" + root + "/thread").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @EnumSource
  void a_repeated_post_is_the_same_but_in_5_0(MattermostVersion version) throws Exception {
    start(version);
    String draft = draft("once").replace("}", ",\"pending_post_id\":\"mine\"}");
    String first = asBot.call("POST", "posts", draft).body().path("id").asText();
    String second = asBot.call("POST", "posts", draft).body().path("id").asText();
    assertThat(second.equals(first)).isEqualTo(version != MattermostVersion.V5_0);
    server.clock(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(31)));
    assertThat(asBot.call("POST", "posts", draft).body().path("id").asText())
        .isNotIn(first, second);
  }

  @ParameterizedTest
  @EnumSource
  void edits_and_deletes_are_those_of_the_author_and_in_time(MattermostVersion version)
      throws Exception {
    start(version);
    server.editLimit(Duration.ofSeconds(5));
    String root = server.post(alice, channel, "root");
    String mine = server.reply(bot, root, "…");
    String patch = quoted("{'message':'done'}");
    assertThat(asAlice.call("PUT", "posts/" + mine + "/patch", patch).status()).isEqualTo(403);
    assertThat(asAlice.call("DELETE", "posts/" + mine, null).status()).isEqualTo(403);
    JsonNode edited = asBot.call("PUT", "posts/" + mine + "/patch", patch).body();
    assertThat(edited.path("message").asText()).isEqualTo("done");
    assertThat(edited.path("edit_at").asLong()).isPositive();
    server.clock(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(6)));
    Answer late = asBot.call("PUT", "posts/" + mine + "/patch", patch);
    assertThat(late.status()).isEqualTo(version == MattermostVersion.V6_7 ? 400 : 200);
    String id = "api.post.update_post.permissions_time_limit.app_error";
    assertThat(late.body().path("id").asText().equals(id))
        .isEqualTo(version == MattermostVersion.V6_7);
    server.delete(alice, root);
    assertThat(asBot.call("PUT", "posts/" + mine + "/patch", patch).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @EnumSource
  void what_changed_since_is_capped_without_a_word(MattermostVersion version) throws Exception {
    start(version);
    long start = System.currentTimeMillis() - 100_000;
    String root =
        server.post(alice, MattermostDraft.of(channel, "old").at(start - 9)).path("id").asText();
    IntStream.range(0, 1500)
        .forEach(
            i -> server.post(alice, MattermostDraft.of(channel, "post " + i).at(start + 1 + i)));
    String path = "channels/" + channel.id() + "/posts";
    JsonNode since = asBot.get(path + "?since=" + start).body();
    assertThat(keys(since)).isEqualTo(keys(fixture("channel-posts-since")));
    assertThat(since.path("posts")).hasSize(1000);
    boolean newest =
        since.path("posts").findValuesAsText("message").stream().anyMatch("post 1499"::equals);
    assertThat(newest).isEqualTo(version == MattermostVersion.V6_7);
    assertThat(since.path("has_next").asBoolean(false)).isFalse();
    assertThat(asBot.get(path + "?since=0").body().path("posts")).hasSize(60);
    JsonNode page = asBot.get(path + "?page=7&per_page=200").body();
    assertThat(page.path("order")).hasSize(101);
    long later = System.currentTimeMillis();
    String answer = server.reply(alice, root, "new");
    server.edit(alice, answer, "newer");
    JsonNode changed = asBot.get(path + "?since=" + (later - 1)).body().path("posts");
    assertThat(changed.findValuesAsText("message"))
        .containsExactlyInAnyOrder("old", "new", "newer");
    assertThat(StreamSupport.stream(changed.spliterator(), false))
        .filteredOn(post -> post.path("delete_at").asLong() > 0)
        .allMatch(post -> post.path("original_id").asText().equals(answer))
        .hasSize(1);
    assertThat(new MattermostUserClient(server, stranger.token()).get(path).status())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @EnumSource
  void the_channels_of_a_team_have_a_tag_and_hold_direct_ones(MattermostVersion version)
      throws Exception {
    start(version);
    server.direct(bot, alice);
    String path = "users/me/teams/" + team.id() + "/channels";
    assertThat(asBot.get("users/me/teams").body().findValuesAsText("id"))
        .containsExactly(team.id());
    Answer list = asBot.get(path);
    assertThat(list.body().findValuesAsText("type")).containsExactly("O", "D");
    String tag = list.response().headers().firstValue("ETag").orElseThrow();
    var again = asBot.request("GET", path, null).header("If-None-Match", tag).build();
    assertThat(asBot.call(again).status()).isEqualTo(304);
    server.post(alice, channel, "news");
    assertThat(asBot.call(again).status()).isEqualTo(200);
    boolean newest = version == MattermostVersion.V6_7;
    assertThat(asBot.get("users/me/channels").status()).isEqualTo(newest ? 200 : 404);
    assertThat(asBot.get("channels/" + channel.id() + "/members/" + alice.id()).status())
        .isEqualTo(200);
    assertThat(asBot.get("channels/" + channel.id() + "/members/" + stranger.id()).status())
        .isEqualTo(404);
    String typing = quoted("{'channel_id':'" + channel.id() + "'}");
    assertThat(asBot.call("POST", "users/me/typing", typing).status())
        .isEqualTo(version == MattermostVersion.V5_0 ? 404 : 200);
  }

  @ParameterizedTest
  @EnumSource
  void events_have_the_captured_shape(MattermostVersion version) throws Exception {
    start(version);
    Line line = new Line();
    WebSocket socket = asBot.listen(line, true);
    await().until(() -> line.frames.size() >= 2);
    assertThat(shape(line.frames.get(0))).isEqualTo(shape(fixture("hello")));
    String root = server.post(alice, channel, "a <b> & @summary-bot");
    server.edit(alice, root, "edited");
    server.post(alice, server.direct(bot, alice), "!summary");
    server.post(bot, channel, "mine");
    server.delete(alice, root);
    await().until(() -> !line.events("post_deleted").isEmpty());
    List<JsonNode> posted = line.events("posted");
    assertThat(shape(posted.get(0))).isEqualTo(shape(fixture("posted-mention")));
    assertThat(shape(posted.get(1))).isEqualTo(shape(fixture("posted-dm")));
    assertThat(shape(posted.get(2))).isEqualTo(shape(fixture("posted-by-bot-itself")));
    for (int at = 0; at < 3; at++) {
      String name = List.of("posted-mention", "posted-dm", "posted-by-bot-itself").get(at);
      assertThat(shape(inner(posted.get(at)))).isEqualTo(shape(inner(fixture(name))));
    }
    assertThat(shape(inner(line.events("post_edited").get(0))))
        .isEqualTo(shape(inner(fixture("post-edited"))));
    assertThat(keys(inner(line.events("post_deleted").get(0))))
        .isEqualTo(keys(inner(fixture("post-deleted"))));
    assertThat(line.raw.get(2))
        .startsWith("{\"event\": \"posted\"")
        .contains("\\\\u003cb\\\\u003e")
        .doesNotContain("<b>");
    assertThat(line.frames).extracting(frame -> frame.path("seq").asInt()).isSorted();
    assertThat(new TreeSet<>(line.frames.stream().map(f -> f.path("seq").asInt()).toList()))
        .hasSize(line.frames.size());
    server.stop();
    await().until(() -> line.closed == 1006 || line.closed == -1);
    socket.abort();
  }

  private static JsonNode inner(JsonNode event) throws IOException {
    return MAPPER.readTree(event.path("data").path("post").asText());
  }

  @ParameterizedTest
  @EnumSource
  void a_wrong_token_is_met_with_silence_and_then_cut_off(MattermostVersion version)
      throws Exception {
    start(version);
    server.authenticationTimeout(Duration.ofMillis(300));
    Line line = new Line();
    WebSocket wrong = new MattermostUserClient(server, "wrong").listen(line, true);
    await().until(() -> line.closed == 1006 || line.closed == -1);
    assertThat(line.frames).isEmpty();
    wrong.abort();
    server.authenticationTimeout(Duration.ofSeconds(30));
    Line challenged = new Line();
    WebSocket socket = asBot.listen(challenged, false);
    CompletableFuture<?> unused =
        socket.sendText(
            quoted(
                "{'seq':1,'action':'authentication_challenge','data':{'token':'"
                    + bot.token()
                    + "'}}"),
            true);
    await().until(() -> challenged.frames.size() >= 3);
    JsonNode captured = fixture("frames-challenge");
    for (int at = 0; at < 3; at++) {
      assertThat(shape(challenged.frames.get(at))).isEqualTo(shape(captured.get(at)));
    }
    unused = socket.sendText(quoted("{'seq':2,'action':'ping'}"), true);
    await().until(() -> challenged.frames.size() == 4);
    assertThat(challenged.frames.get(3).at("/data/text").asText()).isEqualTo("pong");
    socket.abort();
  }

  @ParameterizedTest
  @EnumSource
  void a_big_post_comes_whole_also_in_pieces(MattermostVersion version) throws Exception {
    start(version);
    server.fragment(10_000);
    Line line = new Line();
    WebSocket socket = asBot.listen(line, true);
    await().until(() -> !line.events("hello").isEmpty());
    String text = "Ж<😀".repeat(4000);
    server.post(alice, channel, text);
    await().until(() -> !line.events("posted").isEmpty());
    assertThat(inner(line.events("posted").get(0)).path("message").asText()).isEqualTo(text);
    socket.abort();
  }

  @ParameterizedTest
  @EnumSource
  void faults_happen_as_often_as_they_were_ordered(MattermostVersion version) throws Exception {
    start(version);
    server.fail(MattermostFault.limited(Duration.ofSeconds(7)).on("users/me"), 1);
    Answer limited = asBot.get("users/me");
    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.response().headers().firstValue("Retry-After")).contains("7");
    assertThat(limited.response().headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/plain");
    server.fail(MattermostFault.of(MattermostFault.Kind.CUT), 1);
    assertThatIOException().isThrownBy(() -> asBot.call("POST", "posts", draft("half")));
    server.fail(MattermostFault.of(MattermostFault.Kind.REFUSE), 1);
    assertThatIOException().isThrownBy(() -> asBot.call("POST", "posts", draft("not at all")));
    assertThat(server.posts(channel)).hasSize(1);
    server.fail(MattermostFault.late(Duration.ofMillis(300)), 1);
    long begun = System.nanoTime();
    assertThat(asBot.call("POST", "posts", draft("late")).status()).isEqualTo(201);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(290));
    assertThat(server.posts(channel)).hasSize(2);
    server.stop();
    assertThatIOException().isThrownBy(() -> asBot.get("users/me"));
    int port = server.port();
    server.start();
    assertThat(server.port()).isEqualTo(port);
    assertThat(asBot.get("users/me").status()).isEqualTo(200);
    assertThat(server.count("GET users/me")).isEqualTo(2);
    server.revoke(bot);
    assertThat(asBot.get("users/me").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @EnumSource
  void a_slash_command_asks_its_integration_as_captured(MattermostVersion version)
      throws Exception {
    start(version);
    List<String> asked = new CopyOnWriteArrayList<>();
    HttpServer integration =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    integration.createContext(
        "/slash",
        exchange -> {
          asked.add(exchange.getRequestHeaders().getFirst("Authorization"));
          asked.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          byte[] answer = quoted("{'response_type':'ephemeral','text':'wait'}").getBytes(UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    integration.start();
    try {
      String url = "http://127.0.0.1:" + integration.getAddress().getPort() + "/slash";
      String token = server.command(team, "summary", url);
      String root = server.post(alice, channel, "root");
      String typed =
          quoted(
              "{'channel_id':'"
                  + channel.id()
                  + "','root_id':'"
                  + root
                  + "','command':'/summary 20 @bob'}");
      Answer answer = asAlice.call("POST", "commands/execute", typed);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body().path("text").asText()).isEqualTo("wait");
      assertThat(asked.get(0)).isEqualTo("Token " + token);
      List<String> captured =
          keys(fixture("slash-request-to-integration").path("body")).stream()
              .filter(key -> !key.startsWith("user_mentions") && !key.equals("trigger_id"))
              .toList();
      assertThat(asked.get(1).split("&", -1))
          .extracting(field -> field.substring(0, field.indexOf('=')))
          .containsAll(captured)
          .doesNotContain("root_id");
      server.tellRootOfCommands(true);
      asAlice.call("POST", "commands/execute", typed);
      assertThat(asked.get(3)).contains("root_id=" + root);
    } finally {
      integration.stop(0);
    }
  }
}
