package io.streamforge.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.playground.FreePorts;
import io.streamforge.service.RunningService;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The service goes and comes back, at the same address and with the same data. */
@ExtendWith(InBrowser.class)
class LostServerInBrowserTest {
  @Test
  void a_page_says_that_the_server_is_lost_and_catches_up_by_itself(Page page, @TempDir Path data) {
    // A service that starts or stops answers 503, the lost one cuts what was just connected or does
    // not answer at all.
    page.expect("ERR_CONNECTION_REFUSED")
        .expect("ERR_SOCKET_NOT_CONNECTED")
        .expect("ERR_CONNECTION_RESET")
        .expect("ERR_CONNECTION_CLOSED")
        .expect("ERR_EMPTY_RESPONSE")
        .expect("Connection closed before receiving a handshake response")
        .expect("Unexpected response code: 503")
        .expect("status of 503");
    Map<String, String> settings = settings(data);
    String running;
    try (RunningService service = RunningService.start(settings)) {
      page.of(service.uri("/")).open(Look.DESKTOP, "/").awaitText(".state strong", "No queue yet");
      running = Started.endless(service, "ETHUSDT");
      page.awaitShown(".rows .chip[data-status=loading]");
      assertThat(page.text(".pill")).isEqualTo("Live");
      onEach(page, () -> assertThat(page.isShown(".banner")).isFalse());
      page.script("window.untouched = true");
    }
    page.awaitText(".banner", "The connection is lost.").awaitText(".pill", "Offline");
    onEach(
        page,
        () -> {
          page.awaitShown(".banner");
          assertThat(page.count(".rows li")).as("what was there is still shown").isEqualTo(1);
        });
    page.go("#/queues/" + running).awaitText(".notice.bad", "The service does not answer");
    onEach(page, () -> page.awaitShown(".notice.bad"));
    page.go("#/queues").awaitText(".notice.bad", "The service does not answer");

    try (RunningService service = RunningService.start(settings)) {
      String later = Started.like(service, "single");
      await().until(() -> service.status(later).equals("finished"));
      page.awaitGone(".banner").awaitText(".pill", "Live");
      page.awaitShown("a[href='#/queues/" + later + "'] .chip[data-status=finished]");
      page.awaitShown("a[href='#/queues/" + running + "'] .chip[data-status=loading]");
      onEach(page, () -> assertThat(page.isShown(".notice.bad")).isFalse());
      assertThat(page.script("return window.untouched")).isEqualTo(true);
      page.leaveClean();
    }
  }

  /** The open page on a phone and on a desktop, wholly on the screen of each. */
  private static void onEach(Page page, Runnable check) {
    for (Look look : List.of(Look.PHONE, Look.DESKTOP)) {
      look.apply(page.driver());
      check.run();
      assertThat(page.overflow()).as("overflows, %s", look).isLessThanOrEqualTo(0);
    }
  }

  private Map<String, String> settings(Path data) {
    return Dashboard.settings(
        Map.of(
            "HTTP_PORT", Integer.toString(FreePorts.find()),
            "DATA_DIR", data.toString(),
            "INSTANCE", TestBroker.uniqueName("test"),
            "QUEUE_CONTROL_TOPIC", TestBroker.uniqueName("queue-control"),
            "QUEUE_EVENTS_TOPIC", TestBroker.uniqueName("queue-events")));
  }
}
