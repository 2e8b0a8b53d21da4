package io.streamforge.camel.mattermost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.playground.MattermostVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CatchUpRegularlyTest {
  @Test
  void what_the_line_does_not_tell_is_found_by_looking() throws Exception {
    try (Scene scene = new Scene(MattermostVersion.V6_7);
        MattermostRoutes process = scene.process("catch.up.period", "200ms")) {
      await().until(() -> process.account().listening() && scene.position() > 0);
      scene.server.muteWebSockets();
      scene.server.post(scene.alice, scene.channel, "untold");
      await().until(() -> process.messages().contains("untold"));
      assertThat(scene.server.openedWebSockets()).isEqualTo(1);
    }
  }
}
