package io.streamforge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.camel.access.NewToken;
import io.streamforge.service.RunningService;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

/** A service that asks who one is. */
@ExtendWith(InBrowser.class)
class LoginInBrowserTest {
  private static final NewToken READER = NewToken.of("reader", "read");
  private static final NewToken OPERATOR = NewToken.of("operator", "operate");

  private static RunningService service;

  @BeforeAll
  static void start() {
    String tokens = READER.entry().entry() + "," + OPERATOR.entry().entry();
    service = RunningService.start(Dashboard.settings(Map.of("API_TOKENS", tokens)));
  }

  @AfterAll
  static void end() {
    service.close();
  }

  @Test
  void a_stranger_is_asked_for_a_token_and_is_offered_what_it_allows(Page page) {
    page.expect("status of 401");
    page.of(service.uri("/")).open(Look.DESKTOP, "/").awaitText("h1", "Log in");
    assertThat(page.count("nav a")).as("nothing is offered to a stranger").isZero();
    assertThat(page.script("return document.activeElement.name")).isEqualTo("token");

    page.press("wrong<b>token</b>", Keys.ENTER).awaitText(".notice.bad", "not known here");
    page.write("input[name=token]", READER.secret()).press(Keys.ENTER);
    page.awaitText("h1", "Queues").awaitText(".who", "reader").awaitText(".pill", "Live");
    assertThat(page.count("a[href*='#/start']")).as("ways to start").isZero();
    assertThat(page.script("return document.cookie")).as("what scripts see").isEqualTo("");
    page.script("location.reload()");
    page.awaitText(".who", "reader").awaitText(".pill", "Live");

    page.click(".tools button.plain").awaitText("h1", "Log in");
    page.script("location.reload()");
    page.awaitText("h1", "Log in");
    page.write("input[name=token]", OPERATOR.secret()).press(Keys.ENTER);
    page.awaitText(".who", "operator").awaitShown("nav a[data-section=start]");
    assertThat(page.told("/web/lib/curl.js", "done(module.startCommand({}))"))
        .asString()
        .contains(" -H 'Authorization: Bearer <token>' ");
  }

  @Test
  void a_login_that_ends_while_one_looks_leads_back_to_the_form(Page page) {
    page.expect("status of 401").expect("Unexpected response code: 401");
    page.of(service.uri("/")).open(Look.DESKTOP, "/");
    page.write("input[name=token]", OPERATOR.secret())
        .press(Keys.ENTER)
        .awaitText(".who", "operator")
        .awaitText(".pill", "Live");
    page.command("Network.clearBrowserCookies", Map.of());
    page.go("#/health").awaitText("h1", "Log in");
    assertThat(page.isShown(".notice.bad")).isFalse();
  }

  @ParameterizedTest
  @MethodSource("io.streamforge.browser.Look#both")
  void the_form_fits_its_screen_in_both_languages(Look look, Page page) {
    page.expect("status of 401");
    page.of(service.uri("/")).open(look, "/");
    page.awaitShown("input[name=token]");
    assertThat(page.overflow()).isZero();
    assertThat(page.text("h1")).isEqualTo(look.language().equals("ru") ? "Вход" : "Log in");
    page.write("input[name=token]", OPERATOR.secret())
        .press(Keys.ENTER)
        .awaitText(".who", "operator");
    assertThat(page.overflow()).isZero();
  }
}
