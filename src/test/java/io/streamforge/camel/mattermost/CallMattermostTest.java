package io.streamforge.camel.mattermost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamforge.playground.MattermostChannel;
import io.streamforge.playground.MattermostDouble;
import io.streamforge.playground.MattermostFault;
import io.streamforge.playground.MattermostTeam;
import io.streamforge.playground.MattermostUser;
import io.streamforge.playground.MattermostVersion;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;

@SuppressWarnings("NullAway.Init")
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class CallMattermostTest {
  private final MattermostRequests requests = new MattermostRequests();
  private MattermostDouble server;
  private MattermostUser bot;
  private MattermostUser alice;
  private MattermostTeam team;
  private MattermostChannel channel;
  private MattermostRoutes routes;

  @BeforeAll
  void start() throws Exception {
    server = new MattermostDouble(MattermostVersion.V6_7);
    bot = server.bot("summary-bot");
    alice = server.user("alice");
    team = server.team("dev");
    channel = server.channel(team, "incidents", bot, alice);
    routes = routes(Map.of());
  }

  private MattermostRoutes routes(Map<String, String> settings) throws Exception {
    return new MattermostRoutes(
        server, bot, new MattermostRoutes.Positions(), settings, List.of("call-mattermost"));
  }

  @AfterEach
  void heal() {
    server.heal();
  }

  @AfterAll
  void stop() {
    routes.close();
    server.close();
  }

  private ObjectNode draft(String message) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("channel_id", channel.id())
        .put("message", message);
  }

  @Test
  void every_request_that_we_know_is_understood() throws Exception {
    String root = server.post(alice, channel, "Ж <root> & more");
    assertThat(routes.call(requests.me()).path("id").asText()).isEqualTo(bot.id());
    assertThat(routes.call(requests.thread(root)).path("posts")).hasSize(1);
    assertThat(routes.call(requests.post(root)).path("message").asText())
        .isEqualTo("Ж <root> & more");
    assertThat(routes.call(requests.channel(channel.id())).path("type").asText()).isEqualTo("O");
    assertThat(routes.call(requests.member(channel.id(), alice.id())).path("user_id").asText())
        .isEqualTo(alice.id());
    assertThat(routes.call(requests.users(List.of(alice.id(), bot.id())))).hasSize(2);
    assertThat(routes.call(requests.teams())).hasSize(1);
    assertThat(routes.call(requests.channels(team.id()))).isNotEmpty();
    assertThat(routes.call(requests.postsSince(channel.id(), 1)).path("posts")).isNotEmpty();
    assertThat(routes.call(requests.postsPage(channel.id(), 0)).path("posts")).isNotEmpty();
    assertThat(routes.call(requests.clientConfig()).path("MaxPostSize").asText())
        .isEqualTo("16383");
    assertThat(routes.call(requests.typing(channel.id(), root)).path("status").asText())
        .isEqualTo("OK");
    String mine = routes.call(requests.create(draft("…").put("root_id", root))).path("id").asText();
    ObjectNode props = JsonNodeFactory.instance.objectNode().put("mark", "1");
    JsonNode patched = routes.call(requests.patch(mine, "готово", props));
    assertThat(patched.path("message").asText()).isEqualTo("готово");
    assertThat(patched.path("props").path("mark").asText()).isEqualTo("1");
    assertThat(routes.call(requests.delete(mine)).path("status").asText()).isEqualTo("OK");
    assertThat(server.thread(root)).hasSize(1);
  }

  @Test
  void the_rights_that_count_are_those_of_the_token() throws Exception {
    MattermostChannel secret = server.privateChannel(team, "secret", alice);
    String hidden = server.post(alice, secret, "hidden");
    assertThat(routes.call(requests.post(hidden).as(alice.token())).path("id").asText())
        .isEqualTo(hidden);
    var refused =
        catchThrowableOfType(
            MattermostRefusedException.class, () -> routes.call(requests.post(hidden)));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.errorId()).isEqualTo("api.context.permissions.app_error");
  }

  @Test
  void no_header_goes_in_or_out() throws Exception {
    Map<String, Object> headers = new HashMap<>();
    headers.put("X-Mattermost-Token", alice.token());
    headers.put("Authorization", "Bearer of somebody");
    headers.put("CamelHttpRawQuery", "since=5");
    headers.put("CamelHttpUri", "http://elsewhere.invalid/");
    headers.put("CamelHttpPath", "users/me/teams");
    headers.put("CamelHttpMethod", "DELETE");
    Exchange done = routes.send("direct:call-mattermost", requests.me(), headers);
    assertThat(done.getException()).isNull();
    assertThat(done.getMessage().getHeaders()).isEmpty();
    assertThat(done.getVariables()).isEmpty();
    assertThat(done.getProperty(Exchange.CHARSET_NAME)).isNull();
    List<String> seen = server.requests();
    assertThat(seen.get(seen.size() - 1)).isEqualTo("GET users/me");
    Map<String, String> sent = server.headers().get(seen.size() - 1);
    assertThat(sent).containsEntry("Authorization", "Bearer " + bot.token());
    assertThat(sent.values()).noneMatch(value -> value.contains(alice.token()));
    assertThat(sent.keySet())
        .isSubsetOf(
            "Authorization", "Accept", "Accept-Encoding", "Host", "Connection", "User-Agent");

    server.fail(MattermostFault.status(500), 1);
    Exchange failed = routes.send("direct:call-mattermost", requests.me(), headers);
    assertThat(failed.getException()).isInstanceOf(MattermostAwayException.class);
    assertThat(failed.getMessage().getHeaders()).isEmpty();
    server.stop();
    Exchange refused = routes.send("direct:call-mattermost", requests.me(), headers);
    server.start();
    assertThat(refused.getException()).isInstanceOf(MattermostAwayException.class);
    assertThat(refused.getMessage().getHeaders()).isEmpty();
    assertThat(String.valueOf(refused.getException()))
        .doesNotContain(bot.token())
        .contains(server.url());
  }

  @Test
  void the_server_is_asked_once_whatever_it_answers() throws Exception {
    try (MattermostRoutes impatient = routes(Map.of("mattermost.response.timeout", "3s"))) {
      server.fail(MattermostFault.limited(Duration.ofSeconds(30)), 1);
      long posts = server.count("POST posts");
      var limited =
          catchThrowableOfType(
              MattermostAwayException.class, () -> impatient.call(requests.create(draft("once"))));
      assertThat(limited.retryAfter()).contains(Duration.ofSeconds(30));
      for (MattermostFault fault :
          List.of(
              MattermostFault.status(500),
              MattermostFault.status(502),
              MattermostFault.status(503),
              MattermostFault.of(MattermostFault.Kind.REFUSE),
              MattermostFault.of(MattermostFault.Kind.HANG),
              MattermostFault.of(MattermostFault.Kind.CUT),
              MattermostFault.slow(Duration.ofSeconds(4)))) {
        server.fail(fault, 1);
        assertThatThrownBy(() -> impatient.call(requests.create(draft("twice"))))
            .as("%s", fault)
            .isInstanceOf(MattermostAwayException.class);
      }
      assertThat(server.count("POST posts")).isEqualTo(posts + 8);
      assertThat(impatient.call(requests.me()).path("id").asText()).isEqualTo(bot.id());
    }
  }

  @Test
  void a_restarted_server_is_spoken_to_at_once() throws Exception {
    for (int times = 0; times < 3; times++) {
      routes.call(requests.me());
      server.stop();
      server.start();
      assertThat(routes.call(requests.me()).path("id").asText()).isEqualTo(bot.id());
    }
  }

  @Test
  void what_is_refused_is_told_with_its_name() {
    var refused =
        catchThrowableOfType(
            MattermostRefusedException.class,
            () -> routes.call(requests.create(draft("x".repeat(16_384)))));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.errorId()).isEqualTo("model.post.is_valid.msg.app_error");
    assertThatThrownBy(() -> requests.post("../users/me"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_thread_of_5000_posts_is_read_and_an_endless_answer_is_not() throws Exception {
    MattermostChannel busy = server.channel(team, "busy", bot, alice);
    String root = server.post(alice, busy, "root");
    String text = "слово ".repeat(40);
    for (int i = 1; i < 5000; i++) {
      server.reply(alice, root, text + i);
    }
    assertThat(routes.call(requests.thread(root)).path("posts")).hasSize(5000);
    try (EndlessServer endless = new EndlessServer();
        MattermostDouble unused = new MattermostDouble(MattermostVersion.V5_0);
        MattermostRoutes others =
            new MattermostRoutes(
                unused,
                unused.bot("bot"),
                new MattermostRoutes.Positions(),
                Map.of("mattermost.url", endless.url()),
                List.of("call-mattermost"))) {
      assertThatThrownBy(() -> others.call(requests.me()))
          .isInstanceOf(MattermostAwayException.class)
          .hasMessageContaining("more than");
      assertThat(endless.sentMegabytes()).isLessThan(80);
    }
  }
}
