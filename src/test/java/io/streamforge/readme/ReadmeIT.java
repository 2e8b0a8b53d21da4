package io.streamforge.readme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.streamforge.readme.Markdown.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executes the README, and the pages that it leads to: every block of commands, in order, against
 * the packaged jar, and compares what is printed with the block behind it. For what cannot be
 * executed there is a {@link Substitute}.
 */
class ReadmeIT {
  private static final List<Block> BLOCKS =
      Stream.concat(Stream.of(Path.of("README.md")), Markdown.pages())
          .flatMap(page -> Markdown.read(page).blocks().stream())
          .toList();

  private static final List<Substitute> SUBSTITUTES =
      Stream.of(Substitute.ALL, PageSubstitutes.ALL).flatMap(List::stream).toList();

  @SuppressWarnings("NullAway.Init")
  @TempDir
  static Path folder;

  @SuppressWarnings("NullAway.Init")
  private static Reader reader;

  private static Optional<Block> failed = Optional.empty();

  @BeforeAll
  static void open() throws IOException {
    for (String tool : List.of("bash", "curl")) {
      boolean found =
          Stream.of(System.getenv("PATH").split(":", -1))
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
    Optional<Substitute> substitute =
        SUBSTITUTES.stream().filter(each -> block.text().startsWith(each.block())).findFirst();
    if (substitute.isPresent()) {
      substitute.get().step().take(reader, block);
    } else {
      assertThat(block.language())
          .as("no commands: say in Substitute what they are checked by")
          .isEqualTo(Markdown.COMMANDS);
      reader.run(block);
    }
    failed = Optional.empty();
  }

  @Test
  void whatever_is_not_executed_is_still_in_the_readme() {
    assertThat(SUBSTITUTES)
        .allSatisfy(
            each ->
                assertThat(BLOCKS)
                    .as("%s (%s)", each.block(), each.reason())
                    .anyMatch(block -> block.text().startsWith(each.block())));
  }
}
