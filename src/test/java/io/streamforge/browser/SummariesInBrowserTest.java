package io.streamforge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(InBrowser.class)
class SummariesInBrowserTest {
  static final String THREAD =
      """
      anna: Shall we move the release to Friday? The tests are still red.
      bob: Yes. I will tell the customers by Thursday.
      anna: Agreed, Friday it is.""";

  @ParameterizedTest
  @MethodSource("io.streamforge.browser.Look#both")
  void a_pasted_thread_is_summarised_and_opened_again_from_the_list(Look look, Page page) {
    page.open(look, "/#/summaries").write("textarea", THREAD).awaitGone(".spinner");
    Object newest = newest(page);
    page.awaitText("form [aria-live]", "anna (2), bob (1)").click("button[type=submit]");
    page.awaitShown(".answer section");
    page.until("it is listed", () -> !Objects.equals(newest(page), newest));
    assertThat(page.count(".answer section")).isGreaterThan(3);
    assertThat(page.text(".answer")).contains("I will tell the customers by Thursday", "Thursday");
    assertThat(page.texts("tbody tr:first-child td"))
        .satisfies(cells -> assertThat(cells.get(0)).isIn("finished", "готово"))
        .satisfies(cells -> assertThat(cells.get(1)).startsWith("3 ").endsWith(word(look)))
        .satisfies(cells -> assertThat(cells.get(3)).matches("\\d+ [sс]"));
    page.click("tbody a").awaitText(".crumbs code", "pasted-").awaitShown(".answer section");
    assertThat(page.text(".answer")).contains("I will tell the customers by Thursday");
  }

  private static @Nullable Object newest(Page page) {
    return page.script("return document.querySelector('tbody tr:first-child a')?.href");
  }

  private static String word(Look look) {
    return look.language().equals("ru") ? "сообщений" : "messages";
  }

  @Test
  void a_summary_is_waited_for_though_an_answer_fails_to_come(Page page) {
    page.open(Look.DESKTOP, "/#/summaries").write("textarea", THREAD);
    page.answer(
        """
        if (request.method === 'POST') {
          const answer = await (await plain(path, request)).json();
          return json(200, { data: { ...answer.data, state: 'working', sections: null } });
        }
        if (!window.failed && path.startsWith('/summaries/')) {
          window.failed = true;
          return json(503, { message: 'away' });
        }
        """);
    page.click("button[type=submit]").awaitShown(".answer section");
    assertThat(page.script("return window.failed")).isEqualTo(true);
  }

  @Test
  void a_summary_that_is_not_there_any_more_is_said_to_be_so(Page page) {
    page.expect("404 (Not Found)");
    page.open(Look.DESKTOP, "/#/summaries/pasted-00000000000000000000000000000000");
    page.awaitText(".state strong", "This summary is not here");
    page.click(".state a").awaitText("h1", "Summaries");
  }

  @Test
  void what_is_no_thread_is_told_at_the_field_and_not_sent(Page page) {
    page.open(Look.DESKTOP, "/#/summaries").click("button[type=submit]");
    page.awaitText(".field .fault", "Paste a thread");
    page.write("textarea", "nobody says this").click("button[type=submit]");
    page.awaitText(".field .fault", "Line 1 does not say who speaks");
    assertThat(page.isShown(".answer")).isFalse();
  }

  @Test
  void markup_in_a_thread_stays_text(Page page) {
    String markup = "<img src=x onerror=alert(1)>";
    page.open(Look.DESKTOP, "/#/summaries");
    page.write(
        "textarea", "<b>eve</b>: I will post " + markup + " by Monday.\nbob: Agreed, " + markup);
    page.click("button[type=submit]").awaitShown(".answer section");
    assertThat(page.count("#app :is(script, b, [onerror])")).isZero();
    assertThat(page.count("#app img:not(.brand img)")).isZero();
    assertThat(page.text(".answer")).contains("onerror");
  }
}
