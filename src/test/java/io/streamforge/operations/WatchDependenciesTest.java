package io.streamforge.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.Dependencies;
import io.streamforge.service.LogLines;
import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WatchDependenciesTest {
  // On a busy machine the workers may have stood still too, which is told apart.
  private static final String GONE = "launcher is out of reach: .*check-launcher is away.*";

  @Test
  void what_goes_and_what_comes_back_is_logged_once_and_shown_as_a_gauge() throws Exception {
    try (RunningService service =
            RunningService.start(
                Map.of("DEPENDENCY_WATCH_PERIOD", "50ms", "DEPENDENCY_WATCH_DELAY", "0s"));
        LogLines log = LogLines.of(Dependencies.class)) {
      await().until(() -> service.get("/health/ready").statusCode() == 200);
      try (Undo away = service.failing("check-launcher")) {
        await().until(() -> log.matching(GONE).size() > 0);
        assertThat(service.get("/metrics").body())
            .contains("dependency_up{dependency=\"launcher\"} 0.0")
            .contains("dependency_up{dependency=\"store\"} 1.0");
        int looks = service.exchanges("watch-dependencies");
        await().until(() -> service.exchanges("watch-dependencies") > looks + 3);
      }
      await().until(() -> log.matching("launcher is back after [0-9]+ s").size() > 0);
      assertThat(service.get("/metrics").body())
          .contains("dependency_up{dependency=\"launcher\"} 1.0");
      assertThat(log.matching(GONE)).hasSize(1);
    }
  }
}
