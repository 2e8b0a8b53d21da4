package io.streamforge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.service.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

@ExtendWith(InBrowser.class)
class StartInBrowserTest {
  private static final String EXAMPLE = ".examples button:nth-of-type(%d)";
  private static final String HISTORICAL = EXAMPLE.formatted(2);

  @ParameterizedTest
  @MethodSource("io.streamforge.browser.Look#both")
  void a_pipeline_is_checked_started_and_watched_until_it_has_finished(
      Look look, Page page, RunningService service) {
    page.open(look, "/#/start").click(HISTORICAL).click("button[type=submit]");
    page.awaitShown(".plan .primary");
    assertThat(page.count(".plan .node")).isEqualTo(6);
    assertThat(page.count(".plan .edges path")).isEqualTo(5);
    page.click(".plan .primary").awaitShown(".queue h1");
    page.script("window.untouched = true");

    String id = page.text(".crumbs code");
    page.awaitStatus("loading").awaitStatus("finished");
    assertThat(page.script("return window.untouched")).isEqualTo(true);
    assertThat(service.status(id)).isEqualTo("finished");
    assertThat(page.count(".queue .stepbar [data-status=finished]")).isEqualTo(6);
    assertThat(page.count(".queue .edges path[data-status=finished]")).isEqualTo(5);
    assertThat(page.count(".chart polyline")).isEqualTo(6);
    page.awaitText(
        ".facts dd", "17,640".replace(",", look.language().equals("ru") ? "\u00a0" : ","));
    assertThat(page.texts(".history .chip")).hasSizeGreaterThan(8);
    assertThat(page.isShown(".danger")).isFalse();
  }

  @Test
  void what_is_wrong_is_told_at_its_field(Page page, RunningService service) {
    page.expect("422 (Unprocessable Entity)");
    int before = service.get("/queues?symbol=BTCUSDT").body().length();
    page.open(Look.DESKTOP, "/#/start").click(HISTORICAL);
    page.write("input[name=symbol]", "?");
    page.write("[data-path='requests[1].type'] input", "nope");
    page.write("[data-path='requests[4].collection_inputs'] input", "9bad, good");
    page.press(Keys.ENTER).awaitShown(".notice.bad");
    assertThat(page.texts(".field.faulty label"))
        .containsExactly("Symbol", "Type of data", "Input collections");
    assertThat(page.texts(".field.faulty .fault")).hasSize(3).noneMatch(String::isBlank);
    assertThat(page.attribute(":focus", "name")).isEqualTo("symbol");
    assertThat(page.texts(".notice.bad li")).hasSize(3);

    page.click(".notice.bad li:last-child button");
    assertThat(page.attribute(":focus", "aria-invalid")).isEqualTo("true");
    page.write("input[name=symbol]", "BTCUSDT");
    page.write("[data-path='requests[1].type'] input", "api_trades");
    page.write("[data-path='requests[4].collection_inputs'] input", "good");
    page.click("button[type=submit]").awaitShown(".plan").awaitGone(".notice.bad");
    assertThat(page.count(".field.faulty, [aria-invalid]")).isZero();
    assertThat(service.get("/queues?symbol=BTCUSDT").body()).hasSize(before);
  }

  @Test
  void what_was_checked_cannot_be_started_once_the_form_says_something_else(Page page) {
    page.open(Look.DESKTOP, "/#/start").click(EXAMPLE.formatted(1)).click("button[type=submit]");
    page.awaitShown(".plan .primary");
    page.write("input[name=symbol]", "ETHUSDT");
    assertThat(page.isShown(".plan")).isFalse();
  }

  @Test
  void what_is_wrong_with_a_step_or_with_all_is_told_there(Page page) {
    page.expect("422 (Unprocessable Entity)");
    page.open(Look.DESKTOP, "/#/start").click(HISTORICAL);
    page.write("[data-path='requests[1].type'] input", "api_candles_5m");
    page.click("button[type=submit]").awaitShown(".notice.bad");
    assertThat(page.attribute(".field.faulty", "data-path")).isEqualTo("requests[1].target");
    assertThat(page.text(".field.faulty .fault")).contains("remove one");
    assertThat(page.attribute(".field.faulty .fault", "lang")).isEqualTo("en");
    assertThat(page.matches("[data-path='requests[1].target'] select:focus")).isTrue();

    page.click(EXAMPLE.formatted(1)).click(".choice:last-child input").awaitShown(".step");
    page.click(".step .tool[aria-label='Remove step 1']").awaitGone(".step");
    assertThat(page.matches(".pipeline > button:focus")).isTrue();
    page.click("button[type=submit]").awaitShown(".notice.bad");
    assertThat(page.attribute(".field.faulty", "data-path")).isEqualTo("requests");
    assertThat(page.text(".field.faulty > .fault")).isNotBlank();
    assertThat(page.matches(".notice.bad:focus")).isTrue();
  }

  @Test
  void a_start_whose_answer_was_lost_is_not_started_twice(Page page, RunningService service) {
    page.open(Look.DESKTOP, "/#/start").click(EXAMPLE.formatted(1));
    page.write("input[name=symbol]", "LOSTUSDT").click("button[type=submit]");
    page.awaitShown(".plan .primary");
    page.answer(
        """
        if (path === '/queues/start') {
          await plain(path, request);
          throw new DOMException('as the test wants it', 'TimeoutError');
        }
        """);
    page.click(".plan .primary").awaitText(".notice.bad", "did not answer in time");
    page.answerPlainly().click("button[type=submit]").awaitGone(".notice.bad");
    page.click(".plan .primary").awaitShown(".queue h1");
    assertThat(RunningService.json(service.get("/queues?symbol=LOSTUSDT")).path("data")).hasSize(1);
  }

  @Test
  void a_check_that_the_form_has_overtaken_is_dropped(Page page) {
    page.open(Look.DESKTOP, "/#/start").click(EXAMPLE.formatted(1));
    page.answer("if (path.includes('dry_run')) { await new Promise((go) => window.go = go); }");
    page.click("button[type=submit]").write("input[name=symbol]", "ETHUSDT").script("window.go()");
    page.until("the check is over", () -> page.isEnabled("button[type=submit]"));
    assertThat(page.isShown(".plan")).isFalse();
  }

  @Test
  void steps_are_added_moved_and_removed(Page page) {
    page.open(Look.DESKTOP, "/#/start").click(HISTORICAL);
    page.click(".step .tool[aria-label='Move step 2 up']");
    assertThat(page.values(".step [data-path$='.type'] input"))
        .startsWith("api_trades", "api_candles_5m", "api_candles_5m")
        .hasSize(6);
    assertThat(page.attribute(":focus", "aria-label")).isEqualTo("Move step 1 down");
    page.click(".step .tool[aria-label='Remove step 1']");
    assertThat(page.values(".step [data-path$='.type'] input"))
        .startsWith("api_candles_5m", "api_candles_5m")
        .hasSize(5);
    assertThat(page.matches(".steps > li:first-child select:focus")).isTrue();
    page.click(".step .tool[aria-label='Move step 1 down']");
    assertThat(page.attribute(":focus", "aria-label")).isEqualTo("Move step 2 down");
    page.script("scrollTo(0, document.body.scrollHeight)");
    page.click(".pipeline > button");
    assertThat(page.count(".step")).isEqualTo(6);
    assertThat(page.attribute(".steps > li:last-child select", "id"))
        .isEqualTo(page.attribute(":focus", "id"));
  }
}
