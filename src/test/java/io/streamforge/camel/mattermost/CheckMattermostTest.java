package io.streamforge.camel.mattermost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.streamforge.playground.MattermostFault;
import io.streamforge.playground.MattermostVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class CheckMattermostTest {
  private static MattermostRoutes process(Scene scene, Map<String, String> settings)
      throws Exception {
    return new MattermostRoutes(
        scene.server,
        scene.bot,
        scene.positions,
        settings,
        List.of("call-mattermost", "check-mattermost"));
  }

  @ParameterizedTest
  @EnumSource
  void the_account_is_known_once_it_was_let_in_and_a_revoked_token_shows(MattermostVersion version)
      throws Exception {
    try (Scene scene = new Scene(version);
        MattermostRoutes process = process(scene, Map.of())) {
      MattermostAccount account = process.account();
      assertThat(account.connected()).isFalse();
      assertThatThrownBy(account::known).isInstanceOf(MattermostAwayException.class);
      process.ask("direct:check-mattermost", null);
      assertThat(account.connected()).isTrue();
      assertThat(account.known())
          .isEqualTo(new MattermostAccount.Account(scene.bot.id(), "summary-bot"));
      assertThatCode(account::require).doesNotThrowAnyException();
      MeterRegistry meters = process.meters();
      assertThat(meters.get("mattermost.connected").gauge().value()).isEqualTo(1);
      assertThat(meters.get("websocket.connected").gauge().value()).isZero();

      scene.server.fail(MattermostFault.limited(Duration.ofSeconds(1)), 1);
      process.ask("direct:check-mattermost", null);
      assertThat(account.connected()).as("a server that asks for a rest is there").isTrue();

      scene.server.revoke(scene.bot);
      process.ask("direct:check-mattermost", null);
      assertThat(account.connected()).isFalse();
      assertThat(account.account()).as("who we are is still known").isPresent();
      assertThatThrownBy(account::require)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("MATTERMOST_TOKEN")
          .hasMessageNotContaining(scene.bot.token());
      assertThat(meters.get("mattermost.connected").gauge().value()).isZero();
    }
  }

  @Test
  void a_server_that_is_away_is_said_to_be_so() throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V6_7);
        MattermostRoutes process = process(scene, Map.of())) {
      process.ask("direct:check-mattermost", null);
      scene.server.stop();
      process.ask("direct:check-mattermost", null);
      assertThat(process.account().rest().error().orElseThrow())
          .contains(scene.server.url())
          .contains("out of reach");
      scene.server.start();
      process.ask("direct:check-mattermost", null);
      assertThat(process.account().connected()).isTrue();
    }
  }

  @Test
  void without_an_address_it_is_said_what_is_not_set() throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V6_7);
        MattermostRoutes process = process(scene, Map.of("mattermost.url", ""))) {
      process.ask("direct:check-mattermost", null);
      assertThat(process.account().rest().error().orElseThrow()).contains("MATTERMOST_URL");
      assertThat(scene.server.requests()).isEmpty();
    }
  }
}
