package io.streamforge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.streamforge.Settings.WrongSettingException;
import io.streamforge.camel.access.NewToken;
import io.streamforge.camel.kafka.TestBroker;
import io.streamforge.service.RunningService;
import io.streamforge.service.SharedService;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --support} collects, with and without an instance, and what never is in it. */
@ExtendWith(SharedService.class)
class SupportReportTest {
  private static final String PLANTED = "pl4nted-";
  private static final String LONG_ENOUGH = "-for-the-key-of-sessions-which-needs-to-be-long";
  private static final NewToken TOKEN = NewToken.of("anna", "read");

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  private final RunningService service;

  SupportReportTest(RunningService service) {
    this.service = service;
  }

  /** Each secret setting has a value of its own that must not be seen. */
  private Settings settings(Map<String, String> differing) throws IOException {
    Map<String, String> environment = new HashMap<>(RunningService.PATIENT);
    SettingRules.SECRET.forEach(
        setting -> environment.put(Settings.variable(setting), PLANTED + setting + LONG_ENOUGH));
    environment.put("API_TOKENS", TOKEN.entry().entry());
    environment.put("DATA_DIR", directory.resolve("data").toString());
    environment.put("LOG_FILE", log("text").toString());
    environment.put("KAFKA_BOOTSTRAP_SERVERS", TestBroker.bootstrapServers());
    environment.putAll(differing);
    return Settings.load(Path.of(""), environment);
  }

  private Path log(String format) throws IOException {
    List<String> text =
        List.of(
            "2026-01-01T00:00:00.000Z INFO  [main] x.Y: nothing to see, "
                + PLANTED
                + "llm.api.key"
                + LONG_ENOUGH,
            "2026-01-01T00:00:01.000Z WARN  [main] x.Y: refused "
                + PLANTED
                + "kafka.password"
                + LONG_ENOUGH,
            "java.lang.IllegalStateException: to https://bob:" + PLANTED + "url@db:8529",
            "\tat x.Y.z(Y.java:1)",
            "2026-01-01T00:00:02.000Z ERROR [main] x.Y: Authorization: Bearer " + PLANTED + "jwt");
    List<String> json =
        List.of(
            "{\"at\":\"2026-01-01T00:00:00.000Z\",\"level\":\"INFO\",\"message\":\"nothing to see\"}",
            "{\"at\":\"2026-01-01T00:00:01.000Z\",\"level\":\"ERROR\",\"message\":\"lost "
                + PLANTED
                + "mattermost.token"
                + LONG_ENOUGH
                + "\"}");
    return Files.write(directory.resolve("log." + format), format.equals("json") ? json : text);
  }

  private static String report(Settings settings) throws Exception {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    SupportReport.write(settings, new PrintStream(written, true, UTF_8));
    return written.toString(UTF_8);
  }

  private String port() {
    return String.valueOf(service.application().port());
  }

  @Test
  void of_a_running_instance_it_tells_health_metrics_and_recent_errors() throws Exception {
    // Queues are counted for the first time a second after the start.
    await().until(() -> service.get("/metrics").body().contains("queues{"));
    String report = report(settings(Map.of("HTTP_PORT", port())));
    assertThat(report)
        .contains("## Versions\nStreamForge ", "\nJava ", "KAFKA_PASSWORD=***", "STOP_GRACE=30s")
        .contains("store: h2 (ARANGO_URL is not set)", "leadership: file (")
        .contains("## The instance at http://127.0.0.1:" + port())
        .contains("/health/live: 200 {\"status\":\"success\"", "/status: 200 {\"timestamp\"")
        .contains("\nhttp_requests_total{", "\nqueues{status=\"loading\"}")
        .contains("WARN  [main] x.Y: refused ***", "\n\tat x.Y.z(Y.java:1)", "Bearer ***")
        .contains("https://***@db:8529")
        .containsPattern("camel-main-[0-9.]+\\.jar")
        .doesNotContain("nothing to see", "## Dependencies", "camel_exchanges_total");
    assertThat(report).doesNotContain(PLANTED, TOKEN.entry().entry(), TOKEN.secret());
  }

  @Test
  void where_none_runs_it_looks_at_the_dependencies_itself() throws Exception {
    String report =
        report(
            settings(
                Map.of(
                    "HTTP_PORT", "1",
                    "LOG_FILE", log("json").toString(),
                    "LLM_BASE_URL", "",
                    "LLM_API", "none")));
    assertThat(report)
        .contains("It does not run, or does not listen there.")
        .contains("## Dependencies, as seen from here", "store: ok", "kafka: ok")
        .contains("\"level\":\"ERROR\",\"message\":\"lost ***\"")
        .doesNotContain("nothing to see", "## Metrics");
    assertThat(report).doesNotContain(PLANTED);
  }

  @Test
  void of_a_wrong_setting_it_tells_the_fault_and_no_secret() throws Exception {
    Files.copy(Path.of("application.properties"), directory.resolve("application.properties"));
    Files.writeString(directory.resolve(".env"), "LLM_API_KEY " + PLANTED + "key\n");
    ByteArrayOutputStream written = new ByteArrayOutputStream();

    SupportReport.write(
        assertThrows(WrongSettingException.class, () -> Settings.load(directory, Map.of())),
        new PrintStream(written, true, UTF_8));

    assertThat(written.toString(UTF_8))
        .contains("## Settings\nThe file .env cannot be read: line 1")
        .doesNotContain(PLANTED);
  }

  @Test
  void without_a_log_file_it_says_where_to_look() throws Exception {
    String nowhere = directory.resolve("none.log").toString();
    assertThat(report(settings(Map.of("HTTP_PORT", port(), "LOG_FILE", ""))))
        .contains("LOG_FILE is empty");
    assertThat(report(settings(Map.of("HTTP_PORT", port(), "LOG_FILE", nowhere))))
        .contains("there is no " + nowhere);
  }
}
