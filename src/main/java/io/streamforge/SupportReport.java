package io.streamforge;

import io.streamforge.Settings.WrongSettingException;
import io.streamforge.camel.tls.TrustedAuthority;
import io.streamforge.queues.Masking;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Collects what somebody needs to help from afar: versions, settings, how the service is, and what
 * went wrong lately. It asks the instance that runs under these settings; where none does, it looks
 * at the dependencies itself. Every line is masked.
 */
final class SupportReport {
  private static final List<String> QUESTIONS =
      List.of("/health/live", "/health/ready", "/health/startup", "/health", "/status", "/info");

  /** What each route and each class of the JVM does would hide what the service does. */
  private static final List<String> LEFT_OUT = List.of("#", "camel_", "jvm_classes", "jvm_buffer");

  private final Settings settings;
  private final Masking masking;
  private final PrintStream out;
  private final HttpClient http;

  private SupportReport(Settings settings, PrintStream out) {
    this.settings = settings;
    this.out = out;
    masking = new Masking(settings.secrets());
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(patience());
    if (isSecured()) {
      builder.sslContext(TrustedAuthority.context(settings.text("http.tls.certificate")));
    }
    http = builder.build();
  }

  /** Prints the report. */
  static void write(Settings settings, PrintStream out) throws Exception {
    new SupportReport(settings, out).write();
  }

  /** Prints what can be told where a setting is wrong, which is why the service does not start. */
  static void write(WrongSettingException wrong, PrintStream out) {
    title(out);
    out.println("\n## Settings\n" + wrong.getMessage());
  }

  private static void title(PrintStream out) {
    out.println("# StreamForge support report, " + Instant.now());
    out.println("\n## Versions");
    Versions.lines().forEach(out::println);
  }

  private void write() throws Exception {
    title(out);
    section("Settings");
    settings.shown().forEach((name, value) -> print(name + "=" + value));
    for (String seam : List.of("store", "launcher", "leadership")) {
      print(seam + ": " + settings.text(seam) + " (" + settings.text(seam + ".reason") + ")");
    }
    if (!askInstance()) {
      section("Dependencies, as seen from here");
      ByteArrayOutputStream findings = new ByteArrayOutputStream();
      SelfCheck.findings(settings, new PrintStream(findings, true, StandardCharsets.UTF_8));
      print(findings.toString(StandardCharsets.UTF_8));
    }
    section("Recent warnings and errors");
    String file = settings.text("log.file");
    if (file.isEmpty()) {
      print("LOG_FILE is empty: they are where the output of the process goes");
    } else {
      LogTail.troubles(Path.of(file)).forEach(this::print);
    }
    section("Libraries");
    Versions.libraries().forEach(this::print);
  }

  /** Whether there is one that answers. */
  private boolean askInstance() throws InterruptedException {
    String host = settings.text("http.host");
    String address = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    String scheme = isSecured() ? "https://" : "http://";
    String at = scheme + (address.contains(":") ? "[" + address + "]" : address);
    String instance = at + ":" + settings.text("http.port");
    section("The instance at " + instance);
    Optional<HttpResponse<String>> first = ask(instance + QUESTIONS.get(0));
    if (first.isEmpty()) {
      print("It does not run, or does not listen there.");
      return false;
    }
    for (String question : QUESTIONS) {
      print(question + ": " + ask(instance + question).map(SupportReport::shown).orElse("silence"));
    }
    section("Metrics");
    ask(instance + "/metrics").map(HttpResponse::body).stream()
        .flatMap(String::lines)
        .filter(line -> LEFT_OUT.stream().noneMatch(line::startsWith))
        .forEach(this::print);
    return true;
  }

  private static String shown(HttpResponse<String> answer) {
    return answer.statusCode() + " " + answer.body();
  }

  private Optional<HttpResponse<String>> ask(String address) throws InterruptedException {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(address)).timeout(patience().plusSeconds(2));
      String token = settings.text("support.token");
      if (!token.isEmpty()) {
        request.header("Authorization", "Bearer " + token);
      }
      return Optional.of(http.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException silent) {
      return Optional.empty();
    }
  }

  private boolean isSecured() {
    return !settings.text("http.tls.certificate").isEmpty();
  }

  /** Health is told once all dependencies have been asked. */
  private Duration patience() {
    return settings.duration("dependency.patience");
  }

  private void section(String title) {
    out.println("\n## " + title);
  }

  private void print(String text) {
    out.println(masking.mask(text.stripTrailing()));
  }
}
