package io.streamforge.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.service.RunningService;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

@ExtendWith(InBrowser.class)
class DeadLettersInBrowserTest {
  private final String value =
      "no telemetry "
          + UUID.randomUUID()
          + " <img src=x onerror=alert(1)><script>alert(2)</script>";

  /** The id of the letter that our message becomes. */
  private String letter(RunningService service) {
    return await()
        .until(
            () ->
                RunningService.json(service.get("/dead-letters"))
                    .path("data")
                    .valueStream()
                    .filter(letter -> letter.path("value").asText().equals(value))
                    .map(letter -> letter.path("id").asText())
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private long sent(RunningService service) {
    return service.records("queue.events.topic").stream()
        .filter(record -> new String(record.value(), UTF_8).equals(value))
        .count();
  }

  @ParameterizedTest
  @MethodSource("io.streamforge.browser.Look#both")
  void a_letter_is_sent_again_after_a_question(Look look, Page page, RunningService service) {
    service.write("queue.events.topic", value);
    String letter = "[data-letter='%s'] ".formatted(letter(service));
    page.open(look, "/#/health").awaitText(letter + "pre", value);
    assertThat(page.text(letter))
        .contains("not telemetry: ", service.setting("queue.events.topic"));
    assertThat(page.count("#app :is(script, img:not(.brand img), [onerror])")).isZero();
    assertThat(page.overflow()).isZero();

    awaitStill(page);
    page.click(letter + "button").awaitShown("dialog[open]");
    page.press(Keys.ESCAPE).awaitGone("dialog[open]");
    assertThat(sent(service)).isOne();

    page.click(letter + "button").click("dialog[open] .primary").awaitGone("dialog[open]");
    page.awaitShown(letter + ".chip[data-status=finished]");
    assertThat(sent(service)).isEqualTo(2);
  }

  /** What stands above the letters comes later, and moves them. */
  private static void awaitStill(Page page) {
    page.awaitShown(".component").awaitShown(".wide table").awaitGone(".spinner");
  }

  @Test
  void older_letters_are_added_once_and_a_failure_to_is_told(Page page) {
    page.open(Look.DESKTOP, "/#/health");
    awaitStill(page);
    page.answer(
        """
        if (!path.startsWith('/dead-letters?')) {
          return undefined;
        }
        const from = path.includes('cursor') ? 10 : 0;
        if (from && !window.asked) {
          window.asked = true;
          return json(503, { message: 'out of reach, as the test wants it' });
        }
        const letter = (n) => ({ id: `letter-${from + n}`, source: null, error: 'bad', key: null, value: 'x', at: new Date(), resent: null, resendable: false });
        return json(200, { data: Array.from({ length: 10 }, (_, n) => letter(n)), page: { next: from ? null : 'older' } });
        """);
    page.click(".title button").until("letters are listed", () -> page.count(".letters li") == 10);
    page.click(".wide .pager button").awaitText(".wide .notice.bad", "out of reach, as the test");
    page.script(
        "const more = document.querySelector('.wide .pager button'); more.click(); more.click()");
    page.until("older ones are listed", () -> page.count(".letters li") == 20);
    page.awaitGone(".wide .pager button");
    assertThat(page.isShown(".wide .notice.bad")).isFalse();
  }

  @Test
  void how_far_reading_is_behind_is_shown(Page page, RunningService service) {
    page.open(Look.DESKTOP, "/#/health").awaitShown(".wide table");
    assertThat(page.texts(".wide tbody th"))
        .contains(
            service.setting("instance") + "-telemetry", service.setting("instance") + "-commands");
  }
}
