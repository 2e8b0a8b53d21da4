package io.streamforge.camel.mattermost;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.playground.MattermostFault;
import io.streamforge.playground.MattermostVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CatchUpStepTest {
  @Test
  void a_step_makes_one_request_and_the_same_one_again_after_a_rest() throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V6_7);
        MattermostRoutes process =
            new MattermostRoutes(
                scene.server,
                scene.bot,
                scene.positions,
                Map.of(),
                List.of("call-mattermost", "catch-up-step", "hear-missed-post"))) {
      scene.server.post(scene.alice, scene.channel, "missed");
      CatchUps catchUps =
          process.camel.getRegistry().lookupByNameAndType("catchUps", CatchUps.class);
      Exchange round = new DefaultExchange(process.camel);
      round.setVariable("catch_up", catchUps.begin(null));
      scene.server.fail(MattermostFault.limited(Duration.ofSeconds(1)).on("users/me/teams"), 1);
      for (int steps = 0; steps < 3; steps++) {
        process.send("direct:catch-up-step", round);
      }
      assertThat(scene.server.requests())
          .containsExactly(
              "GET users/me/teams",
              "GET users/me/teams",
              "GET users/me/teams/" + scene.team.id() + "/channels");
      assertThat(process.heard()).isEmpty();
      process.send("direct:catch-up-step", round);
      assertThat(round.getException()).isNull();
      assertThat(process.messages()).containsExactly("missed");
    }
  }
}
