package io.streamforge.browser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.service.RunningService;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.Keys;

@ExtendWith(InBrowser.class)
class DeadLettersInBrowserTest {
  private static final String NEWEST = ".letters li:first-child ";

  private final String value =
      "no telemetry "
          + UUID.randomUUID()
          + " <img src=x onerror=alert(1)><script>alert(2)</script>";

  private long sent(RunningService service) {
    return service.records("queue.events.topic").stream()
        .filter(record -> new String(record.value(), UTF_8).equals(value))
        .count();
  }

  @ParameterizedTest
  @MethodSource("io.streamforge.browser.Look#both")
  void a_letter_is_sent_again_after_a_question(Look look, Page page, RunningService service) {
    service.write("queue.events.topic", value);
    page.open(look, "/#/health").awaitText(NEWEST + "pre", value);
    assertThat(page.text(NEWEST))
        .contains("not telemetry: ", service.setting("queue.events.topic"));
    assertThat(page.count("#app :is(script, img:not(.brand img), [onerror])")).isZero();
    assertThat(page.overflow()).isZero();

    page.click(NEWEST + "button").awaitShown("dialog[open]");
    page.press(Keys.ESCAPE).awaitGone("dialog[open]");
    assertThat(sent(service)).isOne();

    page.click(NEWEST + "button").click("dialog[open] .primary").awaitGone("dialog[open]");
    page.awaitShown(".letters .chip[data-status=finished]");
    assertThat(sent(service)).isEqualTo(2);
  }

  @Test
  void how_far_reading_is_behind_is_shown(Page page, RunningService service) {
    page.open(Look.DESKTOP, "/#/health").awaitShown(".wide table");
    assertThat(page.texts(".wide tbody th"))
        .contains(
            service.setting("instance") + "-telemetry", service.setting("instance") + "-commands");
  }
}
