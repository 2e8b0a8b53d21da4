package io.streamforge.browser;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.selenium.AxeBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import io.streamforge.browser.Look.Theme;
import io.streamforge.service.RunningService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page in both themes: axe finds no serious fault, and nothing is wider than the screen. */
@ExtendWith(InBrowser.class)
class UsableByAllInBrowserTest {
  private static final Set<String> SERIOUS = Set.of("serious", "critical");

  private static final String AXE = axe();

  /** Tells of violations in full, and of the rest a single place each. */
  private static final String RUN =
      """
      const done = arguments[0];
      axe.run(document, {resultTypes: ["violations"]%s})
        .then((results) => done(JSON.stringify(results.violations)), (fault) => done(fault.message));
      """;

  /** What can be another fault in another theme. */
  private static final String COLOURS = ", runOnly: [\"color-contrast\"]";

  private final SoftAssertions pages = new SoftAssertions();

  @ParameterizedTest
  @MethodSource("io.streamforge.browser.Look#both")
  void queues(Look look, Page page, RunningService service) {
    String running = Started.like(service, "realtime-pipeline");
    String failed = Started.endless(service, "BNBUSDT");
    await().until(() -> service.status(failed).equals("loading"));
    Started.fail(service, failed, "the exchange closed the connection: 1006 abnormal closure");
    Started.failJob(service, failed, "connecting\nclosed by the exchange: 1006");
    page.open(look, "/").awaitShown(".rows .chip[data-status=error]");
    look(page, look, "the list of queues");
    page.click(".toggle[data-status=error]").awaitShown(".toggle[aria-pressed=true]");
    look(page, look, "the list with a filter");
    page.go("#/queues/" + failed).awaitShown(".notice.bad pre");
    look(page, look, "a failed queue");
    page.go("#/queues/" + running).awaitStatus("loading").awaitShown(".chart polyline");
    look(page, look, "a running pipeline");
    page.click(".title .danger").awaitShown("dialog[open]");
    look(page, look, "the question before a stop");
    page.click("dialog .danger").awaitShown(".endings");
    look(page, look, "a queue that is being stopped");
    pages.assertAll();
  }

  @ParameterizedTest
  @MethodSource("io.streamforge.browser.Look#both")
  void start(Look look, Page page) {
    page.expect("422 (Unprocessable Entity)");
    page.open(look, "/#/start").click(".examples button:last-child").awaitShown(".step");
    look(page, look, "the form");
    page.write("input[name=symbol]", "?").click("button[type=submit]").awaitShown(".notice.bad");
    look(page, look, "the form with a fault");
    page.click(".examples button:last-child").click("button[type=submit]").awaitShown(".plan");
    look(page, look, "the plan");
    pages.assertAll();
  }

  @ParameterizedTest
  @MethodSource("io.streamforge.browser.Look#both")
  void summaries_health_and_what_is_not_there(Look look, Page page) {
    page.expect("404 (Not Found)");
    page.open(look, "/#/summaries").write("textarea", SummariesInBrowserTest.THREAD);
    page.click("button[type=submit]").awaitShown(".answer section").awaitShown("tbody a");
    look(page, look, "summaries");
    page.go("#/health").awaitShown(".component");
    look(page, look, "health");
    page.go("#/nowhere").awaitShown("h1");
    look(page, look, "a page that is not there");
    page.go("#/queues/00000000-0000-4000-8000-000000000000").awaitShown(".state a");
    look(page, look, "a queue that is not there");
    pages.assertAll();
  }

  @Test
  void the_api_to_try(Page page) {
    Look look = Look.PHONE.in("ru").with(Theme.DARK);
    page.open(look, "/docs/").awaitShown(".opblock");
    look(page, look, "the operations");
    pages.assertAll();
  }

  @Test
  void what_is_a_fault_is_found(Page page) {
    page.open(Look.DESKTOP, "/#/start").awaitShown("input[name=symbol]");
    page.script("document.querySelector('input[name=symbol]').removeAttribute('id')");
    page.script("document.querySelector('h1').style.color = '#eee'");
    assertThat(faults(page, "")).hasSize(2);
    assertThat(faults(page, COLOURS)).hasSize(1);
  }

  private void look(Page page, Look look, String what) {
    look.applyTheme(page.driver());
    pages.assertThat(page.overflow()).as("%s overflows, %s", what, look).isLessThanOrEqualTo(0);
    pages.assertThat(faults(page, "")).as("%s, %s", what, look).isEmpty();
    Look other = look.with(look.theme() == Theme.DARK ? Theme.LIGHT : Theme.DARK);
    other.applyTheme(page.driver());
    pages.assertThat(faults(page, COLOURS)).as("%s, %s", what, other).isEmpty();
  }

  /** The serious faults; axe is told to a document once, since telling it takes long. */
  private static List<String> faults(Page page, String options) {
    if ("undefined".equals(page.script("return typeof axe"))) {
      page.script(AXE);
    }
    Object found = page.driver().executeAsyncScript(RUN.formatted(options));
    return StreamSupport.stream(RunningService.json(String.valueOf(found)).spliterator(), false)
        .filter(rule -> SERIOUS.contains(rule.path("impact").asText()))
        .map(UsableByAllInBrowserTest::inWords)
        .toList();
  }

  private static String inWords(JsonNode rule) {
    return rule.path("help").asText()
        + ": "
        + StreamSupport.stream(rule.path("nodes").spliterator(), false)
            .map(node -> node.path("html").asText() + " " + node.path("failureSummary").asText())
            .toList();
  }

  private static String axe() {
    try (InputStream script = AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
      return new String(requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
