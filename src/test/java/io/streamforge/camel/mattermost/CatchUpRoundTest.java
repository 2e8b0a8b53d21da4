package io.streamforge.camel.mattermost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamforge.playground.MattermostFault;
import io.streamforge.playground.MattermostVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One round, and its steps, without a line. */
@SuppressWarnings("NullAway.Init")
@Timeout(60)
class CatchUpRoundTest {
  private static final List<String> ROUTES =
      List.of(
          "call-mattermost",
          "check-mattermost",
          "catch-up-round",
          "catch-up-step",
          "hear-missed-post");

  private Scene scene;
  private MattermostRoutes process;

  @BeforeEach
  void start() throws Exception {
    scene = new Scene(MattermostVersion.V6_7);
    process = new MattermostRoutes(scene.server, scene.bot, scene.positions, Map.of(), ROUTES);
    process.ask("direct:check-mattermost", null);
  }

  @AfterEach
  void stop() {
    process.close();
    scene.close();
  }

  @Test
  void the_position_moves_to_the_newest_post() throws Exception {
    scene.server.post(scene.alice, scene.channel, "one");
    String newest = scene.server.post(scene.alice, scene.channel, "two");
    process.ask("direct:catch-up-round", null);
    assertThat(process.messages()).containsExactlyInAnyOrder("one", "two");
    long written = scene.server.find(newest).orElseThrow().path("create_at").asLong();
    assertThat(scene.position())
        .as("the server's clock is known to the second")
        .isBetween(written - 1000, written);
    process.ask("direct:catch-up-round", null);
    assertThat(process.messages()).containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void a_post_that_is_not_taken_in_holds_the_position_and_no_other_post() throws Exception {
    scene.server.post(scene.alice, scene.channel, "good");
    scene.server.post(scene.alice, scene.channel, "bad");
    scene.server.post(scene.alice, scene.channel, "better");
    process.take(post -> !post.path("message").asText().equals("bad"));
    assertThatThrownBy(() -> process.ask("direct:catch-up-round", null))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 posts")
        .hasMessageContaining("the store is away");
    assertThat(process.messages()).containsExactlyInAnyOrder("good", "better");
    assertThat(scene.position()).isZero();
    process.take(post -> true);
    process.ask("direct:catch-up-round", null);
    assertThat(process.messages()).containsExactlyInAnyOrder("good", "better", "bad");
    assertThat(scene.position()).isPositive();
  }

  @Test
  void a_failure_in_the_middle_holds_the_position() throws Exception {
    scene.server.post(scene.alice, scene.channel, "found later");
    for (String request : List.of("users/me/teams", "users/me/teams/.*", "channels/.*")) {
      scene.server.fail(MattermostFault.status(502).on(request), 1);
      assertThatThrownBy(() -> process.ask("direct:catch-up-round", null))
          .isInstanceOf(MattermostAwayException.class);
      assertThat(scene.position()).isZero();
    }
    scene.server.fail(MattermostFault.limited(Duration.ofMinutes(10)).on("channels/.*"), 1);
    assertThatThrownBy(() -> process.ask("direct:catch-up-round", null))
        .as("so long a rest is left to the next round")
        .isInstanceOf(MattermostAwayException.class);
    CatchUps catchUps = process.camel.getRegistry().lookupByNameAndType("catchUps", CatchUps.class);
    assertThat(catchUps.allowed()).isFalse();
    assertThat(process.heard()).isEmpty();
    process.ask("direct:catch-up-round", null);
    assertThat(process.messages()).containsExactly("found later");
  }
}
