package io.streamforge.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.playground.FreePorts;
import io.streamforge.readme.Markdown.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What is done for blocks of the pages in {@code docs}. */
final class PageSubstitutes {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String START =
      "java -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar target/streamforge.jar";
  private static final String STARTED =
      "…\n… Application: ready on http://127.0.0.1:8080 (API: /docs)";
  private static final Pattern PATH = Pattern.compile("(?:k8s|deploy|docs)/[\\w-]+[./][\\w./-]+");

  static final List<Substitute> ALL =
      List.of(
          new Substitute(
              "grep " + TRACE + " logs/bot.log",
              "nothing has that id: a service is started elsewhere, and in it a queue of that trace",
              PageSubstitutes::followTrace),
          new Substitute(
              "java -jar target/streamforge.jar --support > support.txt",
              "it prints into a file, which is looked into",
              PageSubstitutes::lookAtReport),
          new Substitute(
              "java -Dcom.sun.management.jmxremote.port=9010",
              "it stays: a self-check runs instead, under the same flags, on a free port",
              PageSubstitutes::checkUnderJmx),
          new Substitute(
              "mvn -B -ntp -DskipTests -Pimage package jib:build",
              "there is no registry of images; the profile is looked for",
              (reader, block) ->
                  assertThat(Path.of("pom.xml")).content().contains("<id>image</id>")),
          new Substitute(
              "kubectl create namespace streamforge",
              "there is no cluster; what is made is looked for in the manifests",
              PageSubstitutes::findNames),
          new Substitute(
              "kubectl diff -k k8s/overlays/production",
              "there is no cluster; the files are looked for",
              PageSubstitutes::findFiles),
          new Substitute(
              "mvn -B -ntp -DskipTests -Pimage package && cp -a",
              "it changes the machine; the files are looked for",
              PageSubstitutes::findFiles),
          new Substitute(
              "systemctl daemon-reload && systemctl enable --now streamforge",
              "it changes the machine; the unit is tried out by SystemdUnitTest, the site by NginxTest",
              (reader, block) ->
                  assertThat(Path.of("deploy/systemd/streamforge.service")).exists()),
          new Substitute(
              "kubectl -n <ns> get pods -l app.kubernetes.io/name=streamforge",
              "there is no cluster; the label is looked for in the manifests",
              (reader, block) ->
                  assertThat(manifests()).contains("app.kubernetes.io/name: streamforge")));

  private PageSubstitutes() {}

  private static void followTrace(Reader reader, Block block) throws Exception {
    Reader other = reader.neighbour();
    other.open(START, STARTED);
    other.print(
        """
        curl -s --fail http://127.0.0.1:8080/queues/start -H 'Content-Type: application/json' \\
          -H 'traceparent: 00-%s-00f067aa0ba902b7-01' \\
          -d '{"symbol": "BTCUSDT", "type": "ws", "time_range": "2024-08-01:2024-08-01"}'
        """
            .formatted(TRACE));
    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(other.print(block.text())).contains("recorded"));
  }

  private static void lookAtReport(Reader reader, Block block) throws Exception {
    Reader other = reader.neighbour();
    assertThat(other.print(block.text())).isEmpty();
    assertThat(other.folder().resolve("support.txt"))
        .content()
        .contains("## Settings", "HTTP_PORT=");
  }

  private static void checkUnderJmx(Reader reader, Block block) throws Exception {
    reader.farewell();
    Reader other = reader.neighbour();
    Path password = Files.writeString(other.folder().resolve("jmx.password"), "operator secret\n");
    Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(other.folder().resolve("jmx.access"), "operator readwrite\n");
    String commands = block.text().strip().replace("9010", "" + FreePorts.find()) + " --check";
    assertThat(other.print(commands)).contains("store: ok");
    reader.farewell();
  }

  private static void findFiles(Reader reader, Block block) {
    assertThat(PATH.matcher(block.text()).results().map(found -> found.group()).toList())
        .isNotEmpty()
        .allSatisfy(file -> assertThat(Path.of(file)).exists());
  }

  private static void findNames(Reader reader, Block block) throws IOException {
    String manifests = manifests();
    assertThat(
            Pattern.compile("(?:secret generic|configmap) (\\S+)").matcher(block.text()).results())
        .isNotEmpty()
        .allSatisfy(made -> assertThat(manifests).contains(made.group(1)));
    assertThat(manifests).contains("streamforge.io/client");
  }

  private static String manifests() throws IOException {
    StringBuilder all = new StringBuilder();
    try (var files = Files.walk(Path.of("k8s"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }
}
