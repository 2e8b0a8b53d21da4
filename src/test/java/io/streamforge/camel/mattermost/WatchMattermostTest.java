package io.streamforge.camel.mattermost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.playground.MattermostVersion;
import java.time.Duration;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchMattermostTest {
  @Test
  void a_token_that_is_revoked_is_noticed_though_the_line_stays_open() throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V6_7);
        MattermostRoutes process = scene.process("mattermost.check.period", "100ms")) {
      await().until(() -> process.account().connected() && process.account().listening());
      scene.server.revoke(scene.bot);
      await().until(() -> !process.account().connected());
      assertThat(process.account().listening()).isTrue();
      assertThat(process.account().rest().error().orElseThrow()).contains("MATTERMOST_TOKEN");
    }
  }

  @Test
  void without_an_address_nobody_is_asked() throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V6_7);
        MattermostRoutes process =
            scene.process("mattermost.url", "", "mattermost.check.period", "50ms")) {
      assertThat(process.camel.isStarted()).isTrue();
      for (String route :
          new String[] {
            "watch-mattermost", "listen-to-mattermost", "catch-up", "catch-up-regularly"
          }) {
        assertThat(process.camel.getRouteController().getRouteStatus(route))
            .isEqualTo(ServiceStatus.Stopped);
      }
      await()
          .during(Duration.ofMillis(300))
          .until(() -> process.account().rest().error().isEmpty());
    }
  }
}
