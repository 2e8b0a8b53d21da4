package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryPromptTest {
  private static final Path FILE = Path.of("routes/summaries/summary.prompt.md");

  @Test
  void the_file_fills_in_what_a_chunk_needs() {
    SummaryPrompt prompt = SummaryPrompt.read(FILE);
    String chunk = prompt.forChunk(Language.RU, 7, 2, 5);
    assertThat(chunk).contains("part 2 of 5", "at most 7", "Russian").doesNotContain("##");
    assertThat(chunk).doesNotContainPattern("\\{[a-z]+}");
    assertThat(prompt.forChunk(Language.EN, 7, 1, 1)).doesNotContain("part 1", "{part}");
    assertThat(prompt.forMerge(Language.EN))
        .contains("English")
        .doesNotContainPattern("\\{[a-z]+}");
    assertThat(prompt.forRepair("no JSON")).contains(": no JSON.");
  }

  @Test
  void the_version_changes_with_the_file() throws IOException {
    String text = Files.readString(FILE);
    assertThat(SummaryPrompt.of(text).version()).isEqualTo(SummaryPrompt.read(FILE).version());
    assertThat(SummaryPrompt.of(text + "x").version())
        .startsWith("1-")
        .isNotEqualTo(SummaryPrompt.read(FILE).version());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Version: .*", "## chunk", "## part", "## merge", "## repair"})
  void a_file_that_lacks_something_says_what(String gone) throws IOException {
    String text = Files.readString(FILE).replaceAll("(?m)^" + gone + "$", "");
    String missing = gone.replace(" .*", "");
    assertThatThrownBy(() -> SummaryPrompt.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(missing);
  }
}
