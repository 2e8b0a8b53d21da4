package io.streamforge.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.service.RunningService;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(InBrowser.class)
class QueueInBrowserTest {
  private static final Set<String> ENDS = Set.of("gone", "ended by itself", "ушёл", "закончил сам");

  @ParameterizedTest
  @MethodSource("io.streamforge.browser.Look#both")
  void a_queue_is_stopped_after_a_question_and_its_end_is_shown_in_phases(
      Look look, Page page, RunningService service) {
    String id = Started.endless(service, "ETHUSDT");
    page.open(look, "/#/queues/" + id).awaitStatus("loading");
    // A line without any rise has no height that a browser calls shown.
    await().until(() -> service.queue(id).path("records_written").asLong() > 0);
    page.click(".title .danger").awaitShown("dialog[open]");
    page.click("dialog .plain").awaitGone("dialog");
    assertThat(service.status(id)).isEqualTo("loading");

    page.click(".title .danger").click("dialog .danger").awaitGone("dialog");
    page.awaitShown(".endings").awaitStatus("stopped");
    page.until(
        "its worker has ended",
        () -> ENDS.contains(page.texts(".ladder .reached").stream().reduce("", (a, b) -> b)));
    assertThat(page.isShown(".danger")).isFalse();
    assertThat(page.matches("h1:focus")).as("the title has the focus").isTrue();
    assertThat(service.status(id)).isEqualTo("stopped");
    page.script("location.reload()");
    page.awaitShown(".endings").awaitShown(".chart polyline");
    assertThat(page.script("return document.title")).isEqualTo("ETHUSDT · ws · StreamForge");
  }

  @ParameterizedTest
  @MethodSource("io.streamforge.browser.Look#sizes")
  void a_failed_queue_shows_its_error_and_the_last_log_lines(
      Look look, Page page, RunningService service) {
    String id = Started.endless(service, "BNBUSDT");
    page.open(look, "/#/queues/" + id).awaitStatus("loading");
    Started.fail(service, id, "the exchange closed the connection");
    page.awaitStatus("error").awaitText(".notice.bad", "the exchange closed the connection");
    page.answer("if (path.startsWith('/queues/')) { return json(503, { message: 'away' }); }");
    page.told("/web/lib/live.js", "done(module.live.dispatchEvent(new Event('gap')))");
    page.awaitText(".page > :not(.queue) > .notice", "away").awaitShown(".queue h1");
    page.answerPlainly().awaitGone(".page > :not(.queue) > .notice");
    Started.failJob(service, id, "connecting\nclosed by the exchange: 1006");
    page.awaitText(".notice.bad summary", "Last log lines of 1. loader-producer");
    assertThat(page.text(".notice.bad pre")).isEqualTo("connecting\nclosed by the exchange: 1006");
    page.go("#/queues").awaitText("a[href='#/queues/" + id + "'] .trouble", "the exchange closed");
  }

  @Test
  void markup_in_what_workers_say_stays_text(Page page, RunningService service) {
    String id = Started.endless(service, "XSSUSDT");
    await().until(() -> service.status(id).equals("loading"));
    String markup = "<script>document.title='x'</script><img src=x onerror=alert(1)><b>bold</b>";
    Started.fail(service, id, markup);
    page.open(Look.DESKTOP, "/#/queues/" + id).awaitStatus("error");
    page.awaitText(".notice.bad", markup);
    page.awaitText(".history", markup);
    Started.failJob(service, id, markup);
    page.awaitText(".notice.bad pre", markup);
    assertThat(page.count("#app :is(script, b, [onerror])")).isZero();
    assertThat(page.count("#app img:not(.brand img)")).isZero();
    page.go("#/queues").awaitText("a[href='#/queues/" + id + "'] .trouble", markup);
    assertThat(page.count("#app :is(script, b, [onerror])")).isZero();
  }

  @Test
  void a_queue_is_started_again_from_what_it_was(Page page, RunningService service) {
    String id = Started.like(service, "historical-pipeline");
    page.open(Look.DESKTOP, "/#/queues/" + id).awaitStatus("loading");
    page.click(".title a.button").awaitShown(".step");
    assertThat(page.values("input[name=symbol]")).containsExactly("BTCUSDT");
    assertThat(page.values(".step select")).endsWith("graph-builder", "gnn-trainer").hasSize(6);
    page.click("button[type=submit]").awaitShown(".plan .primary");
  }

  @Test
  void the_command_that_is_copied_starts_the_same_queue(Page page, RunningService service) {
    String id = Started.like(service, "single");
    page.open(Look.DESKTOP, "/#/queues/" + id).awaitShown(".title .plain");
    page.command(
        "Browser.grantPermissions",
        Map.of("permissions", List.of("clipboardReadWrite", "clipboardSanitizedWrite")));
    page.click(".title button.plain").awaitText(".title button.plain", "Copied");
    assertThat(page.clipboard())
        .startsWith("curl -s -X POST '" + service.uri("/queues/start") + "'")
        .contains("\"symbol\":\"BTCUSDT\"", "\"type\":\"api\"", "2024-01-01:2024-01-03")
        .doesNotContain("Authorization");
    page.script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))");
    page.script("document.execCommand = () => false");
    page.until("the button is as before", () -> page.text(".title button.plain").endsWith("curl"));
    page.click(".title button.plain").awaitText(".title button.plain", "Not copied");
  }

  @Test
  void an_image_that_was_asked_for_is_asked_for_again(Page page) {
    page.open(Look.DESKTOP, "/").awaitShown("h1");
    String queue =
        "{type: 'pipeline', steps: [{target: 't', type: 'x', image: 'own:1', fields: {image: 'own:1'}},"
            + " {target: 't', type: 'y', image: 'default:1', fields: {}}]}";
    assertThat(
            page.told(
                "/web/lib/curl.js",
                "done(JSON.stringify(module.startBody(" + queue + ", []).requests))"))
        .isEqualTo(
            "[{\"target\":\"t\",\"type\":\"x\",\"image\":\"own:1\"},{\"target\":\"t\",\"type\":\"y\"}]");
  }

  @Test
  void an_unknown_queue_is_said_to_be_unknown(Page page) {
    page.expect("404 (Not Found)");
    String id = "00000000-0000-4000-8000-000000000000";
    page.open(Look.DESKTOP, "/#/queues/" + id).awaitText(".state strong", "no such queue");
    page.click(".state a").awaitText("h1", "Queues");
  }
}
