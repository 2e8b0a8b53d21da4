package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The meters that the contracts of both roles name, after work of both, with just their labels. */
@ExtendWith(SharedBot.class)
class ContractMetersTest {
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  private final BotService bot;

  ContractMetersTest(BotService bot) {
    this.bot = bot;
  }

  /** Once is enough for all, since what was counted stays. */
  @BeforeEach
  void work() {
    if (series("llm_tokens_total").isEmpty()) {
      bot.ended(bot.mattermost.reply(bot.anna, bot.release(bot.channel()), "!summary"));
    }
    if (series("dead_letters_total").isEmpty()) {
      bot.service.startQueue(
          "{\"symbol\":\"BTCUSDT\",\"type\":\"api\",\"time_range\":\"2024-01-01:2024-01-01\"}");
      bot.service.write("queue.events.topic", "not telemetry");
    }
  }

  private List<String> series(String name) {
    return bot.service
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .toList();
  }

  private static Set<String> labels(String series) {
    Set<String> labels = new TreeSet<>();
    LABEL.matcher(series).results().forEach(label -> labels.add(label.group(1)));
    labels.remove("le");
    return labels;
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "http_requests_total,counter,method endpoint http_status",
        "http_request_duration_seconds_count,,method endpoint",
        "queue_requests_total,counter,endpoint outcome",
        "queue_commands_total,counter,command target",
        "telemetry_events_total,counter,status producer",
        "queues,gauge,status",
        "telemetry_lag,gauge,",
        "telemetry_unattributed_total,counter,",
        "dead_letters_total,counter,topic",
        "mattermost_bot_running,gauge,",
        "mattermost_connected,gauge,",
        "websocket_connected,gauge,",
        "llm_connected,gauge,",
        "llm_configured,gauge,",
        "summary_requests_total,counter,trigger outcome",
        "summary_duration_seconds_count,,stage",
        "llm_tokens_total,counter,kind",
        "websocket_reconnects_total,counter,"
      })
  void a_meter_of_the_contract_has_its_type_and_just_its_labels(
      String name, String type, String labels) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(series(name)).isNotEmpty());
    Set<String> expected =
        labels == null ? Set.of() : new TreeSet<>(Arrays.asList(labels.split(" ")));
    assertThat(series(name)).allSatisfy(line -> assertThat(labels(line)).isEqualTo(expected));
    String metrics = bot.service.get("/metrics").body();
    if (type != null) {
      assertThat(metrics).contains("# TYPE " + name + " " + type, "# HELP " + name + " ");
    }
  }

  @Test
  void a_name_that_is_in_no_contract_is_not_there() {
    assertThat(series("queue_requests")).isEmpty();
    assertThat(series("summary_requests")).isEmpty();
  }

  @Test
  void gauges_of_what_is_there_are_one() {
    for (String name : List.of("mattermost_bot_running", "mattermost_connected", "llm_connected")) {
      await().untilAsserted(() -> assertThat(series(name)).containsExactly(name + " 1.0"));
    }
  }
}
