package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBot.class)
class SummaryMetersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final SummaryMeters meters = new SummaryMeters(() -> registry);
  private final BotService bot;

  SummaryMetersTest(BotService bot) {
    this.bot = bot;
  }

  @Test
  void a_summary_that_arrived_is_counted_and_timed() {
    Summary answering = Asked.answering("post", "print", "text");
    SummaryEvent delivered = new SummaryEvent.Delivered("post", Asked.OWNER, List.of("answer"));
    meters.ended(Asked.after(answering, delivered, Asked.NOW.plusSeconds(7)));
    assertThat(count("finished")).isEqualTo(1);
    assertThat(registry.get("summary.duration").tag("stage", "total").timer().max(TimeUnit.SECONDS))
        .isEqualTo(7);
    assertThat(registry.get("summary.duration").tag("stage", "queue").timer().count()).isEqualTo(1);
  }

  @Test
  void one_without_a_summary_is_counted_alone() {
    Summary working = Asked.working("post");
    meters.ended(Asked.after(working, new SummaryEvent.Dropped("post", Asked.OWNER, "gone")));
    assertThat(count("dropped")).isEqualTo(1);
    assertThat(registry.find("summary.duration").tag("stage", "total").timer()).isNull();
  }

  private double count(String outcome) {
    return registry
        .get("summary.requests")
        .tags("trigger", "post", "outcome", outcome)
        .counter()
        .count();
  }

  @Test
  void each_request_is_counted_once_under_the_names_of_the_contract() {
    double finished = listed("summary_requests_total{outcome=\"finished\",trigger=\"post\"}");
    double hinted = listed("summary_requests_total{outcome=\"hinted\",trigger=\"post\"}");
    String root = bot.release(bot.channel());
    bot.ended(bot.mattermost.reply(bot.anna, root, "!summary"));
    bot.ended(bot.mattermost.post(bot.anna, bot.channel(), "!summary"));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(listed("summary_requests_total{outcome=\"finished\",trigger=\"post\"}"))
                  .isEqualTo(finished + 1);
              assertThat(listed("summary_requests_total{outcome=\"hinted\",trigger=\"post\"}"))
                  .isEqualTo(hinted + 1);
            });
    for (String stage : List.of("queue", "llm", "total")) {
      assertThat(listed("summary_duration_seconds_count{stage=\"" + stage + "\"}")).isPositive();
    }
  }

  /** The value of a series; 0 as long as there is none. */
  private double listed(String series) {
    return bot.service
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
        .sum();
  }
}
