package io.streamforge.readme;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamforge.Settings;
import io.streamforge.camel.kafka.SecuredBroker;
import io.streamforge.camel.kafka.SecuredBroker.Door;
import io.streamforge.readme.Markdown.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What is done for a block that cannot be executed as it stands.
 *
 * @param block how the block begins
 * @param reason why not, and what is done instead
 */
record Substitute(String block, String reason, Step step) {

  /** What is done. */
  interface Step {
    void take(Reader reader, Block block) throws Exception;
  }

  /** All of them; every other block is executed, and its output compared. */
  static final List<Substitute> ALL =
      List.of(
          new Substitute(
              "mvn -B -ntp -q -DskipTests package && java",
              "Maven has just packaged the jar; the service is started from it, and stays",
              (reader, block) ->
                  reader.open(block.text().replaceFirst(".*&&", ""), Reader.output(block))),
          new Substitute(
              "mvn -B -ntp verify",
              "this test is a part of it; CI runs it",
              (reader, block) -> assertFile(".ci/run", block.text().strip())),
          new Substitute(
              "mvn -B -ntp -Pendurance verify",
              "they take long, and would make this test run itself; the profiles are looked for",
              Substitute::findProfiles),
          new Substitute(
              "npx wscat -c ws://127.0.0.1:8080/ws/topic",
              "npx downloads a program; a client in Java connects there",
              Reader::watch),
          new Substitute(
              "📡 Queue",
              "it is no command, but what that client shows by then",
              (reader, block) -> reader.awaitSeen("✅ WebSocket connected\n" + block.text())),
          new Substitute(
              "PLAYGROUND=true java",
              "it stays; the service before it has to end first",
              (reader, block) -> {
                reader.interrupt();
                reader.open(block);
              }),
          new Substitute(
              "MATTERMOST_URL=",
              "they are lines for .env; they are read as settings",
              Substitute::readSettings),
          new Substitute(
              "KAFKA_BOOTSTRAP_SERVERS=kafka-1:9093,kafka-2:9093",
              "a broker of the test, with TLS and users, takes the place of those",
              Substitute::checkSecuredKafka),
          new Substitute(
              "kubectl -n <namespace> delete jobs -l queue_id=<queue_id>",
              "there is no cluster; that label is looked for in the manifest of the jobs",
              (reader, block) ->
                  assertFile(
                      "src/main/java/io/streamforge/queues/JobManifest.java",
                      ".put(\"queue_id\", queue.id())")),
          new Substitute(
              "java -cp 'target/lib/*' org.h2.tools.Shell",
              "the service has to end first; the document stays what it is",
              (reader, block) -> {
                reader.interrupt();
                reader.run(block, block.text().replace("'<the whole document>'", "document"));
              }),
          new Substitute(
              "java -jar target/streamforge.jar --check",
              "the service runs on, hence it is done elsewhere",
              (reader, block) -> {
                reader.neighbour().run(block);
                reader.farewell();
              }));

  private static void assertFile(String file, String text) throws IOException {
    assertThat(Path.of(file)).content().contains(text);
  }

  private static void findProfiles(Reader reader, Block block) throws IOException {
    for (String line : block.text().lines().toList()) {
      String profile = line.replaceAll("mvn -B -ntp -P(\\w+) verify", "$1");
      assertFile("pom.xml", "<id>" + profile + "</id>");
    }
  }

  private static void readSettings(Reader reader, Block block) throws IOException {
    Path directory = Files.createDirectory(reader.folder().resolve("settings"));
    Files.copy(Path.of("application.properties"), directory.resolve("application.properties"));
    Files.writeString(directory.resolve(".env"), block.text());
    Settings settings = Settings.load(directory, Map.of());
    for (String line : block.text().lines().toList()) {
      String[] parts = line.split("=", 2);
      String name = parts[0].toLowerCase(Locale.ROOT).replace('_', '.');
      assertThat(settings.text(name)).isEqualTo(parts[1]);
    }
  }

  private static void checkSecuredKafka(Reader reader, Block block) throws Exception {
    Path directory = Files.createDirectory(reader.folder().resolve("kafka"));
    try (SecuredBroker broker = SecuredBroker.start(directory)) {
      broker.letIn("streamforge", "open-sesame");
      reader.know("kafka-1:9093,kafka-2:9093", broker.bootstrapServers(Door.GOOD));
      reader.know("<password>", "open-sesame");
      reader.know("/etc/streamforge/ca.pem", broker.authority().toString());
      reader.run(block);
    }
  }
}
