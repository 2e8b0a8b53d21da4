package io.streamforge.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.browser.Look.Theme;
import io.streamforge.service.RunningService;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes the pictures of the README, of a service with queues in every state. The other tests look
 * at the same pages; this one takes a minute to keep their looks.
 */
@EnabledIfSystemProperty(named = "pictures", matches = ".+", disabledReason = "-Dpictures=<folder>")
@ExtendWith(InBrowser.class)
class PicturesInBrowserTest {
  private static final int MOST_BYTES = 200_000;
  private static final Look WIDE = Look.DESKTOP.sized(1280, 800);

  /** Slow enough for a pipeline that is seen at work. */
  private static final Map<String, String> PACE =
      Map.of(
          "LOCAL_RECORDS_PER_SECOND", "1200",
          "LOCAL_LIVE_RECORDS_PER_SECOND", "40",
          "LOCAL_PROCESSING_TIME", "3s");

  @Test
  void the_pictures_of_the_readme(Page page) {
    try (RunningService service = RunningService.start(Dashboard.settings(PACE))) {
      page.of(service.uri("/"));
      prepare(service);
      Started.like(service, "historical-pipeline");
      page.open(WIDE, "/");
      page.until("its rate is told", () -> page.text(".rows .records").contains("/s"));
      take(page, WIDE, "queues", false);
      String pipeline = Started.like(service, "historical-pipeline");
      page.go("#/queues/" + pipeline);
      page.until(
          "the graph is being built",
          () -> page.attribute(".column:nth-child(3) .node", "data-status").equals("loading"));
      take(page, WIDE.sized(1280, 1230), "queue", false);
      page.open(Look.PHONE, "/").awaitShown(".rows li");
      take(page, Look.PHONE, "phone-queues", false);
      page.go("#/queues/" + pipeline).awaitShown(".node");
      take(page, Look.PHONE, "phone-queue", false);
      page.open(WIDE, "/#/start").click(".examples button:nth-of-type(2)").awaitShown(".step");
      take(page, WIDE, "start", false);
      page.go("#/summaries").write("textarea", SummariesInBrowserTest.THREAD);
      page.click("button[type=submit]").awaitShown(".answer section").awaitShown("tbody a");
      take(page, WIDE.sized(1280, 1000), "summary", true);
      page.leaveClean();
    }
  }

  private static void prepare(RunningService service) {
    String stopped = Started.endless(service, "ETHUSDT");
    String failed = Started.endless(service, "BNBUSDT");
    service.startQueue(
        "{\"symbol\":\"SOLUSDT\",\"type\":\"api_candles_5m\",\"time_range\":\"2024-01-01:2024-01-31\"}");
    service.startQueue(
        "{\"symbol\":\"XRPUSDT\",\"type\":\"api_trades\",\"time_range\":\"2024-03-01:2024-03-07\"}");
    await()
        .until(
            () ->
                service.status(failed).equals("loading")
                    && service.status(stopped).equals("loading"));
    Started.fail(service, failed, "the exchange closed the connection (1006)");
    service.post("/queues/stop?queue_id=" + stopped + "&wait=20", "");
    Started.like(service, "realtime-pipeline");
    Started.endless(service, "DOGEUSDT");
  }

  /** A page as it is seen by light and in the dark. */
  private static void take(Page page, Look look, String name, boolean whole) {
    for (Theme theme : Theme.values()) {
      look.with(theme).apply(page.driver());
      Path picture =
          Pictures.keep(name + (theme == Theme.DARK ? "-dark" : ""), page.picture(whole));
      assertThat(picture).satisfies(file -> assertThat(Files.size(file)).isLessThan(MOST_BYTES));
    }
  }
}
