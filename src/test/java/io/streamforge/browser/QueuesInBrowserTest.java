package io.streamforge.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.benchmark.StoredQueues;
import io.streamforge.service.RunningService;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

@ExtendWith(InBrowser.class)
class QueuesInBrowserTest {

  private static String row(String id) {
    return ".rows a[href='#/queues/" + id + "']";
  }

  @ParameterizedTest
  @MethodSource("io.streamforge.browser.Look#both")
  void a_new_queue_slides_in_and_is_followed_to_its_end(
      Look look, Page page, RunningService service) {
    Started.endless(service, "SOLUSDT");
    page.open(look, "/").awaitShown(".rows li");
    page.script("window.untouched = true");
    String id = Started.like(service, "single");
    page.awaitShown(row(id));
    assertThat(page.count("li.entering > a[href$='" + id + "']")).isEqualTo(1);
    page.awaitShown(row(id) + " .chip[data-status=finished]");
    page.until(
        "its step has ended", () -> page.isShown(row(id) + " .stepbar [data-status=finished]"));
    assertThat(page.script("return window.untouched")).isEqualTo(true);
  }

  @Test
  void a_list_that_was_just_read_does_not_slide_in(Page page, RunningService service) {
    Started.like(service, "single");
    page.open(Look.DESKTOP, "/").awaitShown(".rows li");
    assertThat(page.count(".entering")).isZero();
  }

  @Test
  void queues_are_filtered_by_status_target_type_and_symbol(Page page, RunningService service) {
    Started.like(service, "historical-pipeline");
    String failed = Started.endless(service, "FILUSDT");
    page.open(Look.DESKTOP, "/").awaitShown(row(failed) + " .chip[data-status=loading]");
    Started.fail(service, failed, "as the test wants it");
    page.click(".toggle[data-status=error]").awaitShown(row(failed));
    page.until(
        "only failed ones are listed",
        () -> page.texts(".rows .chip").stream().allMatch("error"::equals));
    page.click(".toggle[data-status=error]").click(".toggle[data-status=stopped]");
    String stopped = Started.endless(service, "DOTUSDT");
    await().until(() -> service.status(stopped).equals("loading"));
    service.post("/queues/stop?queue_id=" + stopped, "");
    page.awaitShown(row(stopped) + " .chip[data-status=stopped]");
    page.click(".toggle[data-status=stopped]").click("select option[value=gnn-trainer]");
    page.until(
        "only pipelines are listed",
        () ->
            page.count(".rows li") > 0
                && page.texts(".rows .kind").stream().allMatch("pipeline"::equals));
    page.click("select option[value='']").write("input[name=search]", "filusdt").press(Keys.ENTER);
    page.until(
        "only that symbol is listed",
        () ->
            page.count(".rows li") > 0
                && page.texts(".rows strong").stream().allMatch("FILUSDT"::equals));
    assertThat(page.location()).endsWith("#/queues?symbol=FILUSDT");
    page.write(".filters input[type=text]", "api_candles_1w").press(Keys.TAB);
    page.awaitText(".state strong", "No queue is like that");
    page.click(".state a").awaitShown(row(failed));
    assertThat(page.location()).endsWith("#/queues");
  }

  @Test
  void a_list_that_cannot_be_read_or_is_slow_keeps_what_it_shows(
      Page page, RunningService service) {
    String before = Started.like(service, "single");
    page.open(Look.PHONE.in("ru"), "/").awaitShown(row(before));
    assertThat(page.text(row(before) + " .records")).contains("запис");
    page.answer(
        """
        if (path.startsWith('/queues?')) {
          return json(503, { status: 'error', message: 'out of reach, as the test wants it', data: {} });
        }
        """);
    String gap = "module.live.dispatchEvent(new Event('gap'));";
    page.told(
        "/web/lib/live.js", "window.news = setInterval(() => { %s }, 100); done()".formatted(gap));
    page.awaitText(".notice.bad", "out of reach, as the test wants it");
    assertThat(page.attribute(".notice.bad p", "lang")).isEqualTo("en");
    assertThat(page.isShown(row(before))).isTrue();

    page.answer(
        "if (path.startsWith('/queues?')) { await new Promise((go) => setTimeout(go, 2200)); }");
    String later = Started.like(service, "single");
    page.awaitShown(row(later)).awaitGone(".notice.bad");
    page.script("clearInterval(window.news)");
  }

  @Test
  void whoever_connects_reads_what_ended_before_anew(Page page) {
    page.open(Look.DESKTOP, "/").awaitText(".pill", "Live");
    assertThat(
            page.told(
                "/web/lib/live.js",
                """
                const { live } = module;
                live.stop();
                live.addEventListener('gap', () => done('read anew'), { once: true });
                live.start();
                """))
        .isEqualTo("read anew");
  }

  @Test
  void a_row_tells_status_progress_rate_and_time(Page page, RunningService service) {
    String id = Started.endless(service, "ADAUSDT");
    page.open(Look.DESKTOP, "/").awaitText(row(id) + " .status", "loading");
    page.until(
        "its rate is told",
        () ->
            page.text(row(id) + " .records")
                .replaceAll("\\s+", " ")
                .matches("[\\d,]+ records? [\\d.,]+/s"));
    assertThat(page.text(row(id) + " time")).isEqualTo("just now");
    assertThat(page.attribute(row(id) + " .stepbar", "aria-label"))
        .isEqualTo("0 of 1 step finished");
  }

  @Test
  void a_list_is_read_anew_when_another_queue_comes_to_stand_elsewhere(Page page) {
    page.open(Look.DESKTOP, "/").awaitShown("h1");
    String script =
        """
        const rows = new module.QueueRows();
        const heard = (status, stepped) => rows.update(new Map([['other', { status, stepped }]]));
        done([heard('stopped', false), heard('loading', true), heard('loading', false)].join());
        """;
    assertThat(page.told("/web/queues/rows.js", script)).isEqualTo("true,true,false");
  }

  @Test
  void times_of_another_day_tell_the_day(Page page) {
    page.open(Look.DESKTOP, "/").awaitShown("h1");
    String script =
        "done([module.moment('2024-01-02T03:04:05Z'), module.moment(new Date())].join())";
    assertThat(String.valueOf(page.told("/web/lib/words.js", script)))
        .matches("Jan 2, 3:04:05.AM,\\d+:\\d+:\\d+.[AP]M");
  }

  @Test
  void a_queue_is_found_by_its_id_and_half_a_symbol_is_refused(Page page, RunningService service) {
    String id = Started.like(service, "single");
    page.open(Look.DESKTOP, "/").write("input[name=search]", "BTC/").press(Keys.ENTER);
    page.awaitText(".searching .fault", "A whole symbol such as BTCUSDT");
    page.write("input[name=search]", id).press(Keys.ENTER).awaitText(".crumbs code", id);
  }

  @Test
  void older_queues_are_on_further_pages(Page page, RunningService service) throws Exception {
    DataSource store = service.bean("store", DataSource.class);
    StoredQueues.fill(store, Started.like(service, "single"), 120);
    page.open(Look.DESKTOP, "/").until("a page is listed", () -> page.count(".rows li") == 50);
    assertThat(page.isEnabled(".pager button:first-child")).isFalse();
    String first = page.text(".rows code");
    page.click(".pager button:last-child").awaitText(".pager span", "2");
    page.until(
        "the next page is listed",
        () -> page.count(".rows li") == 50 && !page.text(".rows code").equals(first));
    page.click(".pager button:last-child").awaitText(".pager span", "3");
    page.click(".pager button:first-child").awaitText(".pager span", "2");
    page.click(".pager button:first-child").awaitText(".rows code", first);
  }

  @Test
  void the_language_is_changed_and_kept(Page page, RunningService service) {
    Started.like(service, "single");
    page.open(Look.DESKTOP, "/").awaitText("h1", "Queues").click(".tools [lang=ru]");
    page.awaitText("h1", "Очереди");
    page.script("location.reload()");
    page.awaitText("h1", "Очереди");
    page.go("#/start").write("input[name=symbol]", "KEEPUSDT").click(".tools [lang=en]");
    page.awaitText("h1", "Start a queue").awaitShown("input[name=symbol]");
    assertThat(page.values("input[name=symbol]")).containsExactly("KEEPUSDT");
    page.go("#/summaries").write("textarea", SummariesInBrowserTest.THREAD);
    page.answer("if (path.startsWith('/web/words/')) { return json(503, {}); }");
    page.click(".tools [lang=ru]").awaitText(".tools .bad", "The service does not answer");
    page.answerPlainly().click(".tools [lang=ru]").awaitText("h1", "Саммари");
    assertThat(page.values("textarea")).containsExactly(SummariesInBrowserTest.THREAD);
  }

  @Test
  void the_theme_is_changed_and_kept(Page page) {
    page.open(Look.DESKTOP, "/").awaitShown(".tools button:last-child");
    String light = ground(page);
    page.click(".tools button:last-child");
    page.until("it is dark", () -> !ground(page).equals(light));
    page.script("location.reload()");
    page.awaitShown("h1");
    assertThat(page.attribute("html", "data-theme")).isEqualTo("dark");
  }

  private static String ground(Page page) {
    return String.valueOf(page.script("return getComputedStyle(document.body).backgroundColor"));
  }
}
