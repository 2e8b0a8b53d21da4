package io.streamforge.camel.leadership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamforge.camel.leadership.Leadership.Leader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of several processes of a host leads by a lock on a file. */
class FileElectionTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  private @Nullable Process process;
  private @Nullable Leadership leadership;

  /** A process that stands for election until it is killed. */
  static final class Standing {
    public static void main(String[] arguments) throws InterruptedException {
      Leadership leadership =
          new Leadership(
              new FileElection(Path.of(arguments[0]), arguments[1]),
              arguments[1],
              Clock.systemUTC());
      leadership.add(
          leads -> {
            System.out.println(leads ? "leads" : "leads no more");
            return true;
          });
      leadership.start();
      Thread.currentThread().join();
    }
  }

  @AfterEach
  void close() throws InterruptedException {
    if (leadership != null) {
      leadership.close();
    }
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
  }

  private Process other() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Standing.class.getName(),
                directory.toString(),
                "other")
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(directory.resolve("other.log").toFile()))
            .start();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Files.readString(directory.resolve("other.log")).contains("leads\n"));
    return process;
  }

  private Leadership here() {
    leadership = new Leadership(new FileElection(directory, "here"), "here", Clock.systemUTC());
    leadership.start();
    return leadership;
  }

  @Test
  void a_leader_that_is_killed_is_replaced_at_once() throws Exception {
    Process leader = other();
    Leadership here = here();
    await()
        .untilAsserted(() -> assertThat(here.state().leader().map(Leader::name)).hasValue("other"));
    assertThat(here.holds()).isFalse();
    Instant killed = Instant.now();

    leader.destroyForcibly().waitFor();

    await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(10)).until(here::holds);
    Duration taken = Duration.between(killed, Instant.now());
    System.out.printf(
        "a leader by file lock that is killed is replaced after %d ms%n", taken.toMillis());
    assertThat(taken).isLessThan(Duration.ofSeconds(2));
    await()
        .untilAsserted(() -> assertThat(here.state().leader().map(Leader::name)).hasValue("here"));
  }

  @Test
  void a_leader_that_is_frozen_stays_the_leader() throws Exception {
    Process leader = other();
    new ProcessBuilder("kill", "-STOP", String.valueOf(leader.pid())).start().waitFor();
    Leadership here = here();

    await().during(Duration.ofSeconds(1)).until(() -> !here.holds());

    await()
        .untilAsserted(() -> assertThat(here.state().leader().map(Leader::name)).hasValue("other"));
    assertThat(here.holds()).isFalse();
  }

  @Test
  void whoever_leaves_lets_the_next_one_lead() {
    Leadership first = here();
    await().until(first::holds);
    Leadership next =
        new Leadership(new FileElection(directory, "next"), "next", Clock.systemUTC());
    next.start();
    await().until(() -> next.state().leader().isPresent());
    assertThat(next.holds()).isFalse();

    first.close();

    await().until(next::holds);
    assertThat(first.holds()).isFalse();
    next.close();
    assertThat(next.state().leading()).isFalse();
  }

  @Test
  void a_folder_that_cannot_be_made_is_told_with_what_to_do() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Leadership here =
        new Leadership(new FileElection(file.resolve("data"), "here"), "here", Clock.systemUTC());
    here.start();

    await().until(() -> here.state().trouble().isPresent());

    assertThat(here.state().trouble().orElseThrow())
        .contains(file.toString())
        .contains("DATA_DIR")
        .contains("LEADERSHIP=none");
    assertThat(here.holds()).isFalse();
    here.close();
  }

  @Test
  void a_name_that_cannot_be_written_is_tried_again_in_one_file() throws IOException {
    Path obstacle = Files.createDirectories(directory.resolve("leader/x"));
    Leadership here = here();
    await().until(() -> here.state().trouble().isPresent());
    await().during(Duration.ofMillis(500)).until(() -> !here.holds());
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(Path::getFileName).map(Path::toString))
          .containsExactlyInAnyOrder("leader", "leader.lock", "leader.new");
    }

    Files.delete(obstacle);
    Files.delete(directory.resolve("leader"));

    await().until(here::holds);
  }

  @Test
  void a_folder_that_can_be_written_passes_the_check() throws Exception {
    new FileElection(directory.resolve("made"), "here").check();
    assertThat(directory.resolve("made")).isDirectory();
  }
}
