package io.streamforge.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of the machine. Where it is not installed, a test that needs it is skipped; with {@code
 * CI=true} it fails, unless the program is one that {@code .ci/run} does not install.
 */
final class Tool {
  private static final int PATIENCE_SECONDS = 60;

  /**
   * Debian has one that knows no components; the pipeline renders the manifests in a job of its
   * own.
   */
  private static final String NOT_A_PACKAGE = "kubectl";

  private final Path program;

  private Tool(Path program) {
    this.program = program;
  }

  /** That program; the test is skipped, or fails, where there is none of that name. */
  static Tool required(String name) {
    Optional<Path> found = find(name);
    if (!name.equals(NOT_A_PACKAGE) && "true".equals(System.getenv("CI"))) {
      assertThat(found).as("%s, which .ci/run installs", name).isPresent();
    }
    assumeTrue(found.isPresent(), name + " is not installed");
    return new Tool(found.orElseThrow());
  }

  private static Optional<Path> find(String name) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/sbin";
    return Arrays.stream(path.split(":", -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Begins to run it; what it prints goes to the file. */
  Process start(Path output, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** Runs it to its end, which must be a good one; returns all that it printed. */
  String run(String... arguments) throws IOException, InterruptedException {
    Path output = Files.createTempFile("tool", ".txt");
    try {
      Process process = start(output, arguments);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      String printed = new String(Files.readAllBytes(output), UTF_8);
      assertThat(process.exitValue())
          .as("%s %s: %s", program, Stream.of(arguments).toList(), printed)
          .isZero();
      return printed;
    } finally {
      Files.delete(output);
    }
  }
}
