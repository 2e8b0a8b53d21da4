package io.streamforge.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.fabric8.openshift.api.model.monitoring.v1.Rule;
import io.streamforge.camel.kafka.OutgoingRecord;
import io.streamforge.service.RunningService;
import io.streamforge.summaries.BotService;
import io.streamforge.summaries.SharedBot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Alerts and dashboard ask for what /metrics has, and each alert tells what to do. */
@ExtendWith(SharedBot.class)
class AlertsTest {
  private static final Pattern METRIC = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{");

  private static final Pattern METRIC_ROW = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");

  /** What Prometheus adds of its own. */
  private static final Set<String> OF_PROMETHEUS = Set.of("up");

  private final BotService bot;

  AlertsTest(BotService bot) {
    this.bot = bot;
  }

  private static List<Rule> alerts() throws IOException {
    return Manifests.read("monitoring/alerts.yaml", PrometheusRule.class)
        .getSpec()
        .getGroups()
        .stream()
        .flatMap(group -> group.getRules().stream())
        .toList();
  }

  private static List<String> panels() throws IOException {
    JsonNode dashboard =
        new ObjectMapper().readTree(Manifests.FOLDER.resolve("monitoring/dashboard.json").toFile());
    return dashboard.findValuesAsText("expr");
  }

  private static Set<String> metrics(String query) {
    Set<String> names =
        METRIC
            .matcher(query)
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(names).as("a query names a metric with its labels: %s", query).isNotEmpty();
    names.removeAll(OF_PROMETHEUS);
    return names;
  }

  @Test
  void every_metric_of_an_alert_or_a_panel_is_one_that_the_service_shows() throws IOException {
    Set<String> asked = new TreeSet<>();
    alerts().forEach(alert -> asked.addAll(metrics(alert.getExpr().getStrVal())));
    panels().forEach(query -> asked.addAll(metrics(query)));
    assertThat(asked).hasSizeGreaterThan(20);

    makeEverythingHappenOnce();

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(shown()).containsAll(asked));
    assertThat(shown()).doesNotContain("queues_total");
  }

  @Test
  void every_metric_of_ours_is_in_the_table_of_metrics() throws IOException {
    Set<String> listed =
        METRIC_ROW
            .matcher(Files.readString(Path.of("docs/looking-inside.md")))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));

    makeEverythingHappenOnce();

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(shown()).contains("summary_requests_total"));
    assertThat(shown())
        .filteredOn(name -> !name.matches("(app|camel|jvm|process|system)_.*"))
        .map(name -> name.replaceFirst("_(count|sum|max|bucket)$", ""))
        .isSubsetOf(listed);
  }

  private Set<String> shown() {
    return bot.service
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toSet());
  }

  /** Many meters appear with their first count only. */
  private void makeEverythingHappenOnce() {
    RunningService service = bot.service;
    service.get("/queues");
    service.write("queue.events.topic", "{\"status\":\"loading\",\"producer\":\"visualizer__x\"}");
    service.write("queue.events.topic", "not telemetry");
    service.call(
        "send-commands",
        List.of(new OutgoingRecord("x", "{\"command\":\"start\",\"target\":\"visualizer\"}")),
        Map.of());
    service.send("seda:reconcile-jobs?waitForTaskToComplete=Always", List.of(), Map.of());
    bot.ended(bot.mattermost.reply(bot.anna, bot.release(bot.channel()), "!summary"));
    System.gc();
  }

  @Test
  void every_alert_is_named_in_the_runbook_and_says_how_much_it_matters() throws IOException {
    String runbook = Files.readString(Path.of("docs/runbook.md"));
    for (Rule alert : alerts()) {
      assertThat(runbook).contains("\n## " + alert.getAlert() + "\n");
      assertThat(alert.getAnnotations())
          .containsKey("summary")
          .containsEntry("runbook", "docs/runbook.md#" + alert.getAlert().toLowerCase(Locale.ROOT));
      assertThat(alert.getLabels().get("severity")).isIn("critical", "warning");
    }
    assertThat(runbook.lines().filter(line -> line.startsWith("## ")))
        .as("no section for an alert that is gone")
        .hasSameSizeAs(alerts());
  }

  @Test
  void prometheus_takes_the_rules_and_they_fire_when_they_should(@TempDir Path folder)
      throws Exception {
    Tool promtool = Tool.required("promtool");
    JsonNode rule =
        Manifests.documents(Files.readString(Manifests.FOLDER.resolve("monitoring/alerts.yaml")))
            .get(0);
    Path rules = folder.resolve("rules.yaml");
    Files.writeString(rules, Serialization.asYaml(rule.path("spec")));
    Path tests = folder.resolve("alerts.test.yaml");
    Files.copy(Path.of("src/test/resources/deploy/alerts.test.yaml"), tests);

    assertThat(promtool.run("check", "rules", rules.toString())).contains("SUCCESS");
    assertThat(promtool.run("test", "rules", tests.toString())).contains("SUCCESS");
  }
}
