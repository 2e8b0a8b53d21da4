package io.streamforge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamforge.Settings.WrongSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
  @TempDir Path directory;

  @BeforeEach
  void copyDefaults() throws IOException {
    Files.copy(Path.of("application.properties"), directory.resolve("application.properties"));
  }

  private Settings load(String... pairs) {
    Map<String, String> environment = new java.util.HashMap<>();
    for (int at = 0; at < pairs.length; at += 2) {
      environment.put(pairs[at], pairs[at + 1]);
    }
    return Settings.load(directory, environment);
  }

  @Test
  void the_defaults_need_nothing() {
    Settings settings = load();

    assertThat(settings.text("store")).isEqualTo("h2");
    assertThat(settings.text("launcher")).isEqualTo("local");
    assertThat(settings.text("http.port")).isEqualTo("8080");
    assertThat(settings.text("queue.updates.topic")).isEqualTo("queue-updates");
    assertThat(settings.text("drain.idle")).isEqualTo("10s");
    assertThat(settings.duration("idempotency.ttl")).hasDays(7);
  }

  @Test
  void the_environment_goes_before_the_file_and_the_file_before_the_defaults() throws IOException {
    Files.writeString(directory.resolve(".env"), "STOP_GRACE=7s\nMAX_STEPS=9\n");

    Settings settings = load("STOP_GRACE", "8s");

    assertThat(settings.text("stop.grace")).isEqualTo("8s");
    assertThat(settings.number("max.steps")).isEqualTo(9);
    assertThat(settings.text("witness.grace")).isEqualTo("10s");
  }

  @Test
  void an_http_port_of_its_own_goes_before_the_bots() {
    assertThat(load("BOT_PORT", "81").text("http.port")).isEqualTo("81");
    assertThat(load("BOT_PORT", "81", "HTTP_PORT", "82").text("http.port")).isEqualTo("82");
  }

  @Test
  void seams_follow_what_is_set() {
    assertThat(load("ARANGO_URL", "http://db:8529").text("store")).isEqualTo("arangodb");
    assertThat(load("ARANGO_URL", "http://db:8529", "STORE", "h2").text("store")).isEqualTo("h2");
    assertThat(load("K8S_MASTER", "https://cluster").text("launcher")).isEqualTo("kubernetes");
    assertThat(load("KUBERNETES_SERVICE_HOST", "10.0.0.1").text("launcher"))
        .isEqualTo("kubernetes");
  }

  @Test
  void a_seam_may_also_name_a_folder_of_adapters() throws IOException {
    Files.createDirectories(directory.resolve("routes/stores/postgres"));
    Files.createDirectories(directory.resolve("routes/llms/vllm"));

    assertThat(load("STORE", "postgres").text("store")).isEqualTo("postgres");
    Settings settings = load("LLM_API", "vllm", "LLM_BASE_URL", "http://llm", "LLM_MODEL", "m");
    assertThat(settings.text("llm")).isEqualTo("vllm");
    assertRefused("or a folder of routes/stores", "STORE", "mysql");
    assertRefused("STORE=../stores/postgres", "STORE", "../stores/postgres");
  }

  @Test
  void a_target_may_bring_a_setting_for_its_image() throws IOException {
    Files.writeString(
        directory.resolve(".env"), "CLEANER_IMAGE=cleaner:1\nLOADER_IMAGE=loader:1\n");

    assertThat(load().image("cleaner.image")).isEqualTo("cleaner:1");
    assertThat(load().image("loader.image")).isEqualTo("loader:1");
    assertThat(load("CLEANER_IMAGE", "cleaner:2").image("cleaner.image")).isEqualTo("cleaner:2");
    assertThat(load().image("other.image")).isEmpty();
  }

  @Test
  void the_log_says_who_is_let_in() {
    assertThat(AccessWiring.words(load()))
        .contains("whoever is on this machine may do everything", "nobody else", "API_TOKENS");
    assertThat(AccessWiring.words(load("ACCESS", "open", "HTTP_HOST", "0.0.0.0")))
        .contains("everybody who reaches 0.0.0.0 may do everything", "ACCESS=open");
    assertThat(AccessWiring.words(load("API_TOKENS", "anna:read:" + "0".repeat(64))))
        .isEqualTo("with a token");
  }

  @Test
  void no_connection_may_have_no_time() {
    assertRefused("HTTP_IDLE_TIMEOUT=0s", "HTTP_IDLE_TIMEOUT", "0s");
    assertRefused("HTTP_BODY_TIMEOUT=00ms", "HTTP_BODY_TIMEOUT", "00ms");
    assertThat(load("HTTP_IDLE_TIMEOUT", "10ms").duration("http.idle.timeout")).hasMillis(10);
  }

  @Test
  void the_leader_is_chosen_by_a_lease_on_a_cluster_and_by_a_file_elsewhere() throws IOException {
    assertThat(load().text("leadership")).isEqualTo("file");
    assertThat(load("K8S_MASTER", "https://cluster").text("leadership")).isEqualTo("lease");
    String token = Files.writeString(directory.resolve("token"), "t").toString();
    Settings pod =
        load("KUBERNETES_SERVICE_HOST", "10.0.0.1", "LAUNCHER", "local", "K8S_TOKEN_FILE", token);
    assertThat(pod.text("leadership")).isEqualTo("lease");
    assertThat(load("KUBERNETES_SERVICE_HOST", "10.0.0.1", "LAUNCHER", "local").text("leadership"))
        .isEqualTo("file");
    assertThat(load("LEADERSHIP", "none").text("leadership")).isEqualTo("none");
    assertThat(load("HOSTNAME", "pod-1").text("process.name")).startsWith("pod-1-");
    assertThat(load().text("process.name")).isNotEqualTo(load().text("process.name"));
  }

  @ParameterizedTest
  @CsvSource({
    "LEADER_RENEWAL, 8s, LEADER_RENEWAL",
    "LEADER_RETRY_PERIOD, 3s, LEADER_RETRY_PERIOD",
    "LEADERSHIP, lease, K8S_MASTER"
  })
  void what_would_let_two_or_nobody_lead_is_refused(String setting, String value, String told) {
    assertThatExceptionOfType(WrongSettingException.class)
        .isThrownBy(() -> load(setting, value, "KUBECONFIG", "/nowhere"))
        .withMessageContaining(told);
  }

  @Test
  void in_a_pod_the_api_server_is_that_of_the_pod() {
    Settings pod = load("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "6443");
    assertThat(pod.text("k8s.master")).isEqualTo("https://[fd00::1]:6443");
    assertThat(
            load("KUBERNETES_SERVICE_HOST", "10.0.0.1", "K8S_MASTER", "https://other")
                .text("k8s.master"))
        .isEqualTo("https://other");
  }

  @Test
  void a_kubeconfig_is_used_only_when_the_launcher_is_named() throws IOException {
    Path file = Files.writeString(directory.resolve("kubeconfig"), "kind: Config\n");
    assertThat(load("KUBECONFIG", file.toString()).text("launcher")).isEqualTo("local");
    Settings named = load("KUBECONFIG", file.toString(), "LAUNCHER", "kubernetes");
    assertThat(named.text("k8s.kubeconfig")).isEqualTo(file.toString());
    assertThatExceptionOfType(WrongSettingException.class)
        .isThrownBy(() -> load("KUBECONFIG", "/nowhere", "LAUNCHER", "kubernetes"))
        .withMessageContaining("K8S_MASTER")
        .withMessageContaining("/nowhere");
  }

  @Test
  void an_instance_has_topics_of_its_own() {
    assertThat(load("INSTANCE", "second").text("queue.updates.topic"))
        .isEqualTo("second-queue-updates");
  }

  @ParameterizedTest
  @CsvSource({
    "STORE, mongodb",
    "ACCESS, closed",
    "METRICS_ACCESS, write",
    "OIDC_ISSUER, http://login.example",
    "OIDC_ISSUER, login",
    "TRUSTED_PROXIES, proxy.example",
    "TRUSTED_PROXIES, 10.0.0.0/99",
    "RATE_LIMIT, 0",
    "SESSION_TTL, long",
    "HTTP_HEAD_TIMEOUT, 10",
    "LEADERSHIP, zookeeper",
    "LAUNCHER, docker",
    "LOG_FORMAT, xml",
    "HTTP_PORT, 65536",
    "HTTP_PORT, -1",
    "BOT_PORT, abc",
    "BOT_PORT, ''",
    "MAX_STEPS, 0",
    "MAX_STEPS, 51",
    "MAX_LIVE_JOBS, 1e3",
    "STOP_GRACE, 30",
    "STOP_GRACE, -1s",
    "STOP_GRACE, soon",
    "STOP_GRACE, 1 hour",
    "DRAIN_IDLE, x",
    "IDEMPOTENCY_TTL, ''",
    "INSTANCE, Two Words",
    "INSTANCE, ''",
    "ARANGO_URL, db:8529",
    "ARANGO_URL, 'http://one:8529,db:8529'",
    "ARANGO_URL, 'http://one:8529,https://two:8529'",
    "ARANGO_URL, http://one:8529/_db/mine",
    "ARANGO_DB, ''",
    "ARANGO_HTTP_VERSION, 3",
    "ARANGO_TIMEOUT, 4",
    "K8S_MASTER, ftp://x",
    "K8S_REQUESTS, cpu",
    "K8S_NODE_SELECTOR, =fast",
    "KAFKA_SASL_MECHANISM, GSSAPI",
    "QUEUE_CONTROL_TOPIC, ''",
    "LAUNCH_ORDER, random",
    "ORPHANS, keep",
    "K8S_QPS, 0",
    "KAFKA_SESSION_TIMEOUT, 1500ms",
    "SUMMARY_LEASE, 8s",
    "SUMMARY_LEASE, 15s",
    "START_DEADLINE, never",
    "LOCAL_CANDLE_INTERVAL, 5",
    "KAFKA_BOOTSTRAP_SERVERS, kafka-1",
    "KAFKA_BOOTSTRAP_SERVERS, http://kafka-1:9092"
  })
  void a_wrong_setting_is_told_in_one_line_that_names_it(String name, String value) {
    assertThatExceptionOfType(WrongSettingException.class)
        .isThrownBy(() -> load(name, value))
        .satisfies(
            wrong ->
                assertThat(wrong.getMessage())
                    .contains(name + "=" + value)
                    .contains("must")
                    .doesNotContain("\n"));
  }

  @Test
  void a_password_in_a_url_is_refused_without_being_shown() {
    assertThatExceptionOfType(WrongSettingException.class)
        .isThrownBy(() -> load("ARANGO_URL", "http://one:8529,http://user:w0rd@two:8529"))
        .withMessageContaining("must not hold a user or a password")
        .withMessageNotContaining("w0rd");
  }

  @Test
  void what_secured_kafka_lacks_is_told() throws IOException {
    assertSecuredKafkaLacks("KAFKA_PASSWORD", "KAFKA_BOOTSTRAP_SERVERS", "kafka-1:9093");
    assertSecuredKafkaLacks("KAFKA_BOOTSTRAP_SERVERS", "KAFKA_PASSWORD", "hush");
    for (Path file :
        List.of(
            directory.resolve("missing.pem"),
            Files.writeString(directory.resolve("other.pem"), "no certificate"))) {
      assertSecuredKafkaLacks(
          "CA_PATH=" + file,
          "KAFKA_BOOTSTRAP_SERVERS",
          "kafka-1:9093",
          "KAFKA_PASSWORD",
          "hush",
          "CA_PATH",
          file.toString());
    }
  }

  private void assertSecuredKafkaLacks(String setting, String... others) {
    List<String> pairs = new ArrayList<>(List.of("KAFKA_USER", "u"));
    pairs.addAll(List.of(others));
    assertThatExceptionOfType(WrongSettingException.class)
        .isThrownBy(() -> load(pairs.toArray(String[]::new)))
        .satisfies(
            wrong ->
                assertThat(wrong.getMessage())
                    .startsWith("Setting " + setting)
                    .doesNotContain("hush"));
  }

  @Test
  void several_brokers_may_be_named() {
    assertThat(load("KAFKA_BOOTSTRAP_SERVERS", "one:1, 10.0.0.2:9093,[::1]:9094")).isNotNull();
  }

  @Test
  void a_file_that_cannot_be_read_is_told() throws IOException {
    Files.writeString(directory.resolve(".env"), "this is no setting\n");

    assertThatExceptionOfType(WrongSettingException.class)
        .isThrownBy(this::load)
        .withMessageContaining(".env");
  }

  @Test
  void without_the_file_of_defaults_the_reader_is_told_where_to_start() throws IOException {
    Files.delete(directory.resolve("application.properties"));

    assertThatExceptionOfType(WrongSettingException.class)
        .isThrownBy(this::load)
        .withMessageContaining("application.properties");
  }

  @Test
  void a_setting_that_the_file_of_defaults_lacks_is_told() throws IOException {
    Path file = directory.resolve("application.properties");
    Files.writeString(file, Files.readString(file).replace("\nstop.grace = 30s", ""));

    assertRefused("STOP_GRACE= is wrong: it must be in application.properties");
  }

  private static final String ENTRY = "ci:operate:" + "ab".repeat(32);

  @Test
  void without_tokens_the_service_stays_on_this_machine() {
    assertThat(load().text("access.mode")).isEqualTo("LOCAL");
    assertThat(load("HTTP_HOST", "localhost").text("access.mode")).isEqualTo("LOCAL");
    assertRefused("HTTP_HOST=0.0.0.0", "HTTP_HOST", "0.0.0.0");
    assertRefused("HTTP_HOST=::", "HTTP_HOST", "::");
    assertThat(load("HTTP_HOST", "0.0.0.0", "ACCESS", "open").text("access.mode"))
        .isEqualTo("OPEN");
  }

  @Test
  void behind_a_proxy_it_needs_tokens_too() {
    assertRefused("TRUSTED_PROXIES=127.0.0.1", "TRUSTED_PROXIES", "127.0.0.1");
    assertThat(load("TRUSTED_PROXIES", "127.0.0.1", "ACCESS", "open").text("access.mode"))
        .isEqualTo("OPEN");
    assertThat(load("TRUSTED_PROXIES", "127.0.0.1", "API_TOKENS", ENTRY).text("access.mode"))
        .isEqualTo("CONTROLLED");
  }

  @Test
  void with_tokens_or_an_issuer_it_may_be_reached_by_others() throws IOException {
    Path file = Files.writeString(directory.resolve("tokens"), ENTRY);
    for (List<String> pair :
        List.of(List.of("API_TOKENS", ENTRY), List.of("API_TOKENS_FILE", file.toString()))) {
      assertThat(load("HTTP_HOST", "0.0.0.0", pair.get(0), pair.get(1)).text("access.mode"))
          .isEqualTo("CONTROLLED");
      assertRefused("ACCESS=open", "ACCESS", "open", pair.get(0), pair.get(1));
    }
    String issuer = "https://login.example/realms/data";
    assertThat(load("OIDC_ISSUER", issuer, "OIDC_AUDIENCE", "x").text("access.mode"))
        .isEqualTo("CONTROLLED");
    assertRefused("OIDC_AUDIENCE", "OIDC_ISSUER", issuer);
  }

  @Test
  void what_of_access_is_wrong_is_told_without_its_secret() {
    assertRefused("API_TOKENS=***", "API_TOKENS", "ci:root:" + "ab".repeat(32));
    assertRefused("SESSION_KEY=***", "SESSION_KEY", "short");
    assertRefused("HTTP_TLS_KEY", "HTTP_TLS_CERTIFICATE", "application.properties");
    assertRefused("HTTP_TLS_CERTIFICATE=/nowhere", "HTTP_TLS_CERTIFICATE", "/nowhere");
    assertRefused("RATE_LIMIT_BURST", "RATE_LIMIT", "5000");
    assertThat(load("API_TOKENS", ENTRY).shown()).containsEntry("API_TOKENS", "***");
  }

  private void assertRefused(String setting, String... pairs) {
    assertThatExceptionOfType(WrongSettingException.class)
        .isThrownBy(() -> load(pairs))
        .satisfies(
            wrong ->
                assertThat(wrong.getMessage())
                    .contains(setting)
                    .doesNotContain("\n", "abab", "short"));
  }

  @Test
  void passwords_are_never_shown() {
    Settings settings = load("KAFKA_PASSWORD", "hush", "ARANGO_PASSWORD", "hush");

    assertThat(settings.shown()).containsEntry("KAFKA_PASSWORD", "***");
    assertThat(settings.shown().values()).noneMatch(value -> value.contains("hush"));
    assertThat(load().shown()).as("but whether there is one").containsEntry("KAFKA_PASSWORD", "");
  }
}
