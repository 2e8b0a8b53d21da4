package io.streamforge.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.service.RunningService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;

/** Nothing is clicked here. */
@ExtendWith(InBrowser.class)
class KeyboardInBrowserTest {
  private static final int MOST_STEPS = 80;

  @Test
  void a_queue_is_started_and_stopped_by_keyboard_alone(Page page, RunningService service) {
    page.open(Look.DESKTOP, "/").awaitShown("h1");
    page.press(Keys.TAB);
    assertThat(page.attribute(":focus", "class")).isEqualTo("skip");
    page.press(Keys.ENTER);
    assertThat(page.attribute(":focus", "id")).isEqualTo("main");
    reach(page, "a.primary").press(Keys.ENTER).awaitShown(".examples");
    reach(page, ".examples button:last-child").press(Keys.ENTER).awaitShown(".step");
    reach(page, "button[type=submit]").press(Keys.ENTER).awaitShown(".plan");
    page.until("the plan has the focus", () -> page.matches(".plan h2:focus"));
    reach(page, ".plan .primary").press(Keys.ENTER).awaitStatus("loading");
    String id = page.text(".crumbs code");

    reach(page, ".title .danger").press(Keys.ENTER).awaitShown("dialog[open]");
    assertThat(page.matches("dialog :focus")).isTrue();
    page.press(Keys.ESCAPE).awaitGone("dialog");
    assertThat(page.matches(".title .danger:focus")).isTrue();
    page.press(Keys.ENTER).awaitShown("dialog[open]");
    reach(page, "dialog .danger").press(Keys.ENTER).awaitGone("dialog");
    page.awaitStatus("stopped");
    assertThat(page.matches("h1:focus")).isTrue();
    assertThat(service.status(id)).isEqualTo("stopped");
  }

  /** Goes from one thing to the next until that one has the focus, which is always seen. */
  private static Page reach(Page page, String selector) {
    for (int step = 0; step < MOST_STEPS && !page.matches(selector + ":focus"); step++) {
      page.press(Keys.TAB);
      assertThat(page.script("return getComputedStyle(document.activeElement).outlineStyle"))
          .as(
              "how the focus is shown on %s",
              page.script("return document.activeElement.outerHTML"))
          .isNotEqualTo("none");
    }
    assertThat(page.matches(selector + ":focus")).as("%s is reached", selector).isTrue();
    return page;
  }
}
