package io.streamforge.camel.mattermost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.streamforge.camel.mattermost.MattermostRoutes.Heard;
import io.streamforge.playground.MattermostVersion;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class HearMissedPostTest {
  private static final MissedPost POST =
      new MissedPost(
          JsonNodeFactory.instance.objectNode().put("id", "p1").put("message", "text"), "D");

  @Test
  void a_post_is_handed_over_and_one_that_is_not_taken_counts_as_missed() throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V6_7);
        MattermostRoutes process =
            new MattermostRoutes(
                scene.server, scene.bot, scene.positions, Map.of(), List.of("hear-missed-post"))) {
      CatchUps catchUps =
          process.camel.getRegistry().lookupByNameAndType("catchUps", CatchUps.class);
      CatchUps.Round round = catchUps.begin(null);
      process.account().recognise(JsonNodeFactory.instance.objectNode().put("id", "b".repeat(26)));
      process.take(post -> false);
      assertThat(hear(process, round).getException()).isNull();
      assertThat(process.heard()).isEmpty();
      assertThatThrownBy(() -> catchUps.position(round)).hasMessageContaining("the store is away");

      CatchUps.Round next = catchUps.begin(null);
      process.take(post -> true);
      assertThat(hear(process, next).getException()).isNull();
      assertThat(process.heard()).containsExactly(new Heard("p1", "text", "D"));
      assertThat(catchUps.position(next)).isNotNull();
    }
  }

  private static Exchange hear(MattermostRoutes process, CatchUps.Round round) {
    Exchange exchange = new DefaultExchange(process.camel);
    exchange.setVariable("catch_up", round);
    exchange.getMessage().setBody(POST);
    process.send("direct:hear-missed-post", exchange);
    return exchange;
  }
}
