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
  void a_bot_without_its_mattermost_is_away_since_then_and_says_why(Page page) {
    page.open(Look.DESKTOP, "/#/health").awaitShown(".component");
    page.answer(
        """
        if (path !== '/status') {
          return undefined;
        }
        const status = await (await plain(path, request)).json();
        const at = '2024-01-02T03:04:05Z';
        const away = { connected: false, since: at, last_error: { at, message: 'it refuses our token' } };
        const { bot, mattermost } = status.components;
        Object.assign(bot, { running: true, username: 'summary-bot' });
        Object.assign(mattermost, away, { configured: true, websocket: false, websocket_since: at, websocket_last_error: null });
        return json(200, status);
        """);
    page.click(".title button").awaitShown(".component[data-state=down]");
    assertThat(page.texts(".component[data-state=down]"))
        .hasSize(3)
        .allSatisfy(card -> assertThat(card).contains("since Jan 2, 3:04:05").doesNotContain("–"));
    assertThat(page.texts(".component[data-state=down]").get(0))
        .contains("Bot", "@summary-bot", "it refuses our token");
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
