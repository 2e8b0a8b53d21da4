package io.streamforge.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executes the README: every block of commands, in order, against the packaged jar, and compares
 * what is printed with the block behind it. What cannot be executed stands in {@link #INSTEAD}.
 */
class ReadmeIT {
  private static final List<Block> BLOCKS = Markdown.read(Path.of("README.md")).blocks();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Reader reader;

  private static Optional<Block> failed = Optional.empty();

  private interface Step {
    void take(Block block) throws Exception;
  }

  /**
   * @param block how the block begins that is not just executed
   * @param reason why not, and what is done instead
   */
  private record Instead(String block, String reason, Step step) {}

  private static final List<Instead> INSTEAD =
      List.of(
          new Instead(
              "mvn -B -ntp -q -DskipTests package && java",
              "Maven has just packaged the jar; the service is started from it, and stays",
              block -> reader.open(block, block.text().replaceFirst(".*&&", ""))),
          new Instead(
              "mvn -B -ntp verify",
              "this test is a part of it; CI runs it",
              block ->
                  assertThat(Files.readString(Path.of(".ci/run")))
                      .contains(block.text().lines().findFirst().orElseThrow())),
          new Instead(
              "mvn -B -ntp -Pendurance verify",
              "they take long, and would make this test run itself; the profiles are looked for",
              ReadmeIT::findProfiles),
          new Instead(
              "npx wscat -c ws://127.0.0.1:8080/ws/topic",
              "npx downloads a program; a client in Java connects there",
              block -> reader.watch(block)),
          new Instead(
              "📡 Queue",
              "it is no command, but what the client shows by then",
              block -> reader.awaitSeen("✅ WebSocket connected\n" + block.text())),
          new Instead(
              "PLAYGROUND=true java",
              "it stays; the service before it has to end first",
              block -> {
                reader.interrupt();
                reader.open(block, block.text());
              }),
          new Instead(
              "MATTERMOST_URL=",
              "they are lines for .env; they are read as settings",
              ReadmeIT::readSettings),
          new Instead(
              "KAFKA_BOOTSTRAP_SERVERS=kafka-1:9093,kafka-2:9093",
              "a broker of the test, with TLS and users, takes the place of those",
              ReadmeIT::checkSecuredKafka),
          new Instead(
              "kubectl -n <namespace> delete jobs -l queue_id=<queue_id>",
              "there is no cluster; that label is looked for in the manifest",
              block ->
                  assertThat(source("queues/JobManifest"))
                      .contains(".put(\"queue_id\", queue.id())")),
          new Instead(
              "java -cp 'target/lib/*' org.h2.tools.Shell",
              "the service has to end first; the document stays what it is",
              block -> {
                reader.interrupt();
                reader.run(block, block.text().replace("'<the whole document>'", "document"));
              }),
          new Instead(
              "java -jar target/streamforge.jar --check",
              "the service runs on, hence it gets data of its own",
              block -> reader.run(block, "export DATA_DIR=data-of-check; " + block.text())));

  private static String source(String type) throws IOException {
    return Files.readString(Path.of("src/main/java/io/streamforge", type + ".java"));
  }

  private static void findProfiles(Block block) throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    assertThat(block.text().lines())
        .allSatisfy(
            line -> {
              String profile = line.replaceAll("mvn -B -ntp -P(\\w+) verify", "$1");
              assertThat(pom).contains("<id>" + profile + "</id>");
            });
  }

  private static void readSettings(Block block) throws Exception {
    Path directory = Files.createDirectory(folder.resolve("settings"));
    Files.copy(Path.of("application.properties"), directory.resolve("application.properties"));
    Files.writeString(directory.resolve(".env"), block.text());
    Settings settings = Settings.load(directory, Map.of());
    for (String line : block.text().lines().toList()) {
      String[] parts = line.split("=", 2);
      assertThat(settings.text(parts[0].toLowerCase(Locale.ROOT).replace('_', '.')))
          .isEqualTo(parts[1]);
    }
  }

  private static void checkSecuredKafka(Block block) throws Exception {
    Path directory = Files.createDirectory(folder.resolve("kafka"));
    try (SecuredBroker broker = SecuredBroker.start(directory)) {
      broker.letIn("streamforge", "open-sesame");
      String commands =
          block
              .text()
              .replace("kafka-1:9093,kafka-2:9093", broker.bootstrapServers(Door.GOOD))
              .replace("<password>", "open-sesame")
              .replace("/etc/streamforge/ca.pem", broker.authority().toString());
      reader.run(block, commands);
    }
  }

  @BeforeAll
  static void open() throws Exception {
    for (String tool : List.of("bash", "curl")) {
      boolean found =
          Stream.of(System.getenv("PATH").split(":"))
              .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
      String message = "The README was not executed: " + tool + " is not installed";
      if ("true".equals(System.getenv("CI"))) {
        assertThat(found).as(message).isTrue();
      }
      assumeTrue(found, message);
    }
    reader = new Reader(folder);
  }

  @AfterAll
  static void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> every_block_does_what_the_readme_says() {
    return BLOCKS.stream().map(block -> DynamicTest.dynamicTest(block + "", () -> take(block)));
  }

  private static void take(Block block) throws Exception {
    assumeTrue(failed.isEmpty(), () -> "it comes after " + failed.orElseThrow());
    failed = Optional.of(block);
    Optional<Instead> instead =
        INSTEAD.stream().filter(each -> block.text().startsWith(each.block())).findFirst();
    if (instead.isPresent()) {
      instead.get().step().take(block);
    } else {
      assertThat(block.language())
          .as("no commands: say in INSTEAD of this test what they are checked by")
          .isEqualTo(Markdown.COMMANDS);
      reader.run(block);
    }
    failed = Optional.empty();
  }

  @Test
  void whatever_is_not_executed_is_still_in_the_readme() {
    assertThat(INSTEAD)
        .allSatisfy(
            each ->
                assertThat(BLOCKS)
                    .as("%s (%s)", each.block(), each.reason())
                    .anyMatch(block -> block.text().startsWith(each.block())));
  }
}
