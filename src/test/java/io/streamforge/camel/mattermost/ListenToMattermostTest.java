package io.streamforge.camel.mattermost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.camel.mattermost.MattermostRoutes.Heard;
import io.streamforge.playground.MattermostChannel;
import io.streamforge.playground.MattermostDouble;
import io.streamforge.playground.MattermostVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ListenToMattermostTest {
  /** Nothing is found by looking for it, unless a line was opened. */
  private static final String[] LIVE_ONLY = {"catch.up.period", "1h"};

  private static boolean listening(Scene scene, MattermostRoutes process) {
    return scene.server.listening() == 1 && process.account().listening();
  }

  /** And has looked for what it missed: what comes from now on is heard over the line. */
  private static boolean settled(Scene scene, MattermostRoutes process) {
    return listening(scene, process) && scene.position() > 0;
  }

  @ParameterizedTest
  @EnumSource
  void posts_are_heard_whole_in_order_and_once(MattermostVersion version) throws Exception {
    try (Scene scene = new Scene(version);
        MattermostRoutes process = scene.process(LIVE_ONLY)) {
      await().until(() -> settled(scene, process));
      ExecutorService writers = Executors.newFixedThreadPool(4);
      for (int i = 0; i < 300; i++) {
        String message = "post " + i;
        writers.execute(() -> scene.server.post(scene.alice, scene.channel, message));
      }
      writers.shutdown();
      assertThat(writers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
      scene.server.post(scene.alice, scene.channel, "😀".repeat(16_383));
      scene.server.post(scene.alice, scene.channel, "<".repeat(16_383));
      await().until(() -> process.heard().size() >= 302);
      assertThat(process.messages())
          .containsExactlyElementsOf(
              scene.server.posts(scene.channel).stream()
                  .map(post -> post.path("message").asText())
                  .toList());
    }
  }

  @ParameterizedTest
  @EnumSource
  void frames_in_pieces_and_channels_of_all_kinds_are_heard(MattermostVersion version)
      throws Exception {
    try (Scene scene = new Scene(version)) {
      scene.server.fragment(5000);
      MattermostChannel secret =
          scene.server.privateChannel(scene.team, "secret", scene.bot, scene.alice);
      MattermostChannel foreign = scene.server.channel(scene.team, "foreign", scene.alice);
      MattermostChannel direct = scene.server.direct(scene.bot, scene.alice);
      try (MattermostRoutes process = scene.process(LIVE_ONLY)) {
        await().until(() -> settled(scene, process));
        String text = "Ж".repeat(16_000);
        scene.server.post(scene.alice, foreign, "not for us");
        String first = scene.server.post(scene.alice, scene.channel, text);
        String second = scene.server.post(scene.alice, secret, "secret");
        String third = scene.server.post(scene.alice, direct, "direct");
        await().until(() -> process.heard().size() >= 3);
        assertThat(process.heard())
            .containsExactly(
                new Heard(first, text, "O"),
                new Heard(second, "secret", "P"),
                new Heard(third, "direct", "D"));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void only_new_posts_are_heard(MattermostVersion version) throws Exception {
    try (Scene scene = new Scene(version);
        MattermostRoutes process = scene.process(LIVE_ONLY)) {
      await().until(() -> settled(scene, process));
      String post = scene.server.post(scene.alice, scene.channel, "first");
      scene.server.edit(scene.alice, post, "edited");
      scene.server.delete(scene.alice, post);
      scene.server.react(scene.bot, scene.server.post(scene.alice, scene.channel, "last"), "eyes");
      await().until(() -> process.messages().contains("last"));
      assertThat(process.messages()).containsExactly("first", "last");
    }
  }

  @ParameterizedTest
  @EnumSource
  void no_hello_is_lost_and_no_post_either_however_often_the_line_is_cut(MattermostVersion version)
      throws Exception {
    try (Scene scene = new Scene(version);
        MattermostRoutes process =
            scene.process("catch.up.period", "1h", "mattermost.silence", "2s")) {
      for (int i = 0; i < 12; i++) {
        int opened = i;
        await()
            .pollInterval(Duration.ofMillis(10))
            .until(() -> scene.server.openedWebSockets() > opened && listening(scene, process));
        scene.server.post(scene.alice, scene.channel, "before " + i);
        scene.server.cutWebSockets();
        scene.server.post(scene.alice, scene.channel, "after " + i);
        await()
            .until(
                () ->
                    scene.server.listening() == 0 || scene.server.openedWebSockets() > opened + 1);
      }
      await().until(() -> process.heard().size() >= 24);
      assertThat(process.messages()).doesNotHaveDuplicates().hasSize(24);
      assertThat(process.account().reconnects()).isGreaterThan(5);
    }
  }

  @Test
  void a_route_that_is_stopped_or_suspended_hangs_up_and_one_that_starts_catches_up()
      throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V6_7);
        MattermostRoutes process = scene.process(LIVE_ONLY)) {
      var routes = process.camel.getRouteController();
      for (int times = 0; times < 2; times++) {
        await().until(() -> listening(scene, process));
        routes.stopRoute("listen-to-mattermost");
        await().until(() -> scene.server.openWebSockets() == 0);
        assertThat(process.account().listening()).isFalse();
        scene.server.post(scene.alice, scene.channel, "while stopped " + times);
        routes.startRoute("listen-to-mattermost");
        await().until(() -> listening(scene, process));
        routes.suspendRoute("listen-to-mattermost");
        await().until(() -> scene.server.openWebSockets() == 0);
        scene.server.post(scene.alice, scene.channel, "while suspended " + times);
        routes.resumeRoute("listen-to-mattermost");
      }
      await().until(() -> process.heard().size() >= 4);
      await().until(() -> scene.server.openWebSockets() == 1);
      assertThat(process.messages())
          .containsExactly(
              "while stopped 0", "while suspended 0", "while stopped 1", "while suspended 1");
    }
  }

  @Test
  void a_silent_line_is_opened_again_and_one_that_is_pinged_is_not() throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V6_7)) {
      scene.server.pingPeriod(Duration.ofMillis(250));
      try (MattermostRoutes process = scene.process("mattermost.silence", "5s")) {
        await().until(() -> listening(scene, process));
        await()
            .atMost(Duration.ofSeconds(30))
            .during(Duration.ofSeconds(6))
            .until(() -> scene.server.openedWebSockets() == 1 && listening(scene, process));
        scene.server.muteWebSockets();
        scene.server.post(scene.alice, scene.channel, "nobody tells of it");
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> process.messages().contains("nobody tells of it"));
        await().until(() -> scene.server.openedWebSockets() >= 2 && process.account().listening());
        assertThat(process.account().socket().error().orElseThrow()).contains("nothing came for");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_wrong_token_is_said_in_plain_words_and_tried_again_slowly(MattermostVersion version)
      throws Exception {
    try (Scene scene = new Scene(version)) {
      scene.server.authenticationTimeout(Duration.ofMillis(200));
      try (MattermostRoutes process =
          scene.process("mattermost.token", "wrong", "mattermost.reconnect.longest.delay", "30s")) {
        await().until(() -> process.account().socket().error().isPresent());
        await().until(() -> process.account().rest().error().isPresent());
        assertThat(process.account().rest().error().orElseThrow())
            .contains("does not accept MATTERMOST_TOKEN");
        assertThat(process.account().socket().error().orElseThrow()).contains("no hello");
        await()
            .during(Duration.ofMillis(600))
            .until(() -> scene.server.openedWebSockets() == 1 && !process.account().listening());
        assertThat(process.camel.isStarted()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void where_the_header_is_lost_the_challenge_lets_us_in(MattermostVersion version)
      throws Exception {
    try (Scene scene = new Scene(version)) {
      scene.server.authenticationTimeout(Duration.ofMillis(200));
      scene.server.ignoreWebSocketHeaders(true);
      try (MattermostRoutes process = scene.process("mattermost.reconnect.longest.delay", "30s")) {
        await().until(() -> listening(scene, process));
        scene.server.post(scene.alice, scene.channel, "heard");
        await().until(() -> process.messages().contains("heard"));
      }
    }
  }

  @Test
  void a_server_that_is_not_there_at_the_start_is_listened_to_once_it_is() throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V5_36)) {
      scene.server.stop();
      try (MattermostRoutes process = scene.process("mattermost.check.period", "100ms")) {
        assertThat(process.camel.isStarted()).isTrue();
        await().until(() -> process.account().socket().error().isPresent());
        assertThat(process.account().connected()).isFalse();
        scene.server.post(scene.alice, scene.channel, "early");
        scene.server.start();
        await().until(() -> listening(scene, process) && process.account().connected());
        await().until(() -> process.messages().contains("early"));
        assertThat(process.account().known().username()).isEqualTo("summary-bot");
      }
    }
  }

  @Test
  void a_post_that_is_not_taken_in_live_is_found_again() throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V6_7);
        MattermostRoutes process = scene.process("catch.up.period", "200ms")) {
      await().until(() -> settled(scene, process));
      process.take(post -> false);
      scene.server.post(scene.alice, scene.channel, "store away");
      long before = scene.position();
      await().during(Duration.ofMillis(500)).until(() -> scene.position() == before);
      process.take(post -> true);
      await().until(() -> process.messages().contains("store away"));
      await().until(() -> scene.position() > before);
      assertThat(process.messages()).containsExactly("store away");
    }
  }

  @Test
  void a_route_that_lags_behind_loses_nothing() throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V6_7);
        MattermostRoutes process = scene.process(LIVE_ONLY)) {
      await().until(() -> settled(scene, process));
      List<String> slow = List.of("0", "1000");
      process.take(
          (JsonNode post) -> {
            if (slow.contains(post.path("message").asText())) {
              await().pollDelay(Duration.ofMillis(300)).until(() -> true);
            }
            return true;
          });
      for (int i = 0; i < 3000; i++) {
        scene.server.post(scene.alice, scene.channel, String.valueOf(i));
      }
      await().atMost(Duration.ofSeconds(30)).until(() -> process.heard().size() >= 3000);
      assertThat(process.messages())
          .containsExactlyElementsOf(IntStream.range(0, 3000).mapToObj(String::valueOf).toList());
      assertThat(scene.server.openedWebSockets()).isEqualTo(1);
    }
  }

  @Test
  void the_line_and_the_requests_go_through_tls_below_a_path_and_the_token_shows_nowhere(
      @TempDir Path folder) throws Exception {
    TestCertificate certificate = TestCertificate.make(folder);
    MattermostDouble server =
        new MattermostDouble(MattermostVersion.V6_7, 0, "/chat", certificate.keys());
    try (Scene scene = new Scene(server)) {
      try (MattermostRoutes doubtful = scene.process()) {
        await().until(() -> doubtful.account().socket().error().isPresent());
        await().until(() -> doubtful.account().rest().error().isPresent());
        assertThat(doubtful.account().rest().error().orElseThrow()).contains("PKIX");
        assertThat(server.requests()).isEmpty();
      }
      try (MattermostRoutes process =
          scene.process("mattermost.ca.path", certificate.authority().toString())) {
        await().until(() -> listening(scene, process));
        server.post(scene.alice, scene.channel, "secured");
        await().until(() -> process.messages().contains("secured"));
        assertThat(process.camel.getEndpoints())
            .noneMatch(endpoint -> endpoint.getEndpointUri().contains(scene.bot.token()));
        assertThat(JmxValues.of("org.apache.camel:*"))
            .isNotEmpty()
            .noneMatch(value -> value.contains(scene.bot.token()));
      }
    }
  }
}
