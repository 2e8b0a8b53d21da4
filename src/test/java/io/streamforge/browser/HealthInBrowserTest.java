package io.streamforge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.service.RunningService;
import io.streamforge.service.RunningService.Undo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(InBrowser.class)
class HealthInBrowserTest {

  @ParameterizedTest
  @MethodSource("io.streamforge.browser.Look#both")
  void what_is_there_is_shown(Look look, Page page) {
    page.open(look, "/#/health").awaitShown(".component");
    assertThat(page.count(".component[data-state=up]")).isGreaterThanOrEqualTo(6);
    assertThat(page.count(".component[data-state=down]")).isZero();
    assertThat(page.attribute(".title .chip", "data-status")).isEqualTo("healthy");
  }

  @Test
  void what_is_away_is_shown_with_the_reason(Page page, RunningService service) throws Exception {
    page.open(Look.DESKTOP, "/#/health").awaitShown(".component");
    try (Undo away = service.failing("check-launcher")) {
      page.click(".title button").awaitShown(".component[data-state=down]");
      assertThat(page.text(".component[data-state=down]"))
          .contains("Jobs (launcher)", "check-launcher is away");
      assertThat(page.attribute(".title .chip", "data-status")).isEqualTo("degraded");
    }
    page.until(
        "all is well again",
        () -> page.click(".title button").count(".component[data-state=down]") == 0);
  }
}
