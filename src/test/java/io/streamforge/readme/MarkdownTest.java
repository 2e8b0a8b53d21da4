package io.streamforge.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkdownTest {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  private Path folder;

  private Markdown read(String text) throws IOException {
    return Markdown.read(Files.writeString(folder.resolve("page.md"), text));
  }

  @Test
  void a_block_right_behind_commands_is_what_they_print() throws IOException {
    Markdown page =
        read("```sh\none\n```\n```json\n{}\n```\n```sh\ntwo\n```\ntext\n```\nthree\n```");
    assertThat(page.blocks())
        .extracting(Markdown.Block::text)
        .containsExactly("one\n", "two\n", "three\n");
    assertThat(page.blocks())
        .extracting(Markdown.Block::output)
        .containsExactly(Optional.of("{}\n"), Optional.empty(), Optional.empty());
    assertThat(page.blocks()).extracting(Markdown.Block::line).containsExactly(1, 7, 11);
  }

  @Test
  void blocks_of_lists_are_found_without_their_indentation() throws IOException {
    Markdown page =
        read("1. First:\n\n   ```sh\n   one\n     two\n   ```\n   ```\n   three\n   ```\n");
    assertThat(page.blocks()).hasSize(1);
    assertThat(page.blocks().get(0).text()).isEqualTo("one\n  two\n");
    assertThat(page.blocks().get(0).output()).contains("three\n");
  }

  @Test
  void headings_have_the_anchors_that_links_name() throws IOException {
    Markdown page = read("# Looking for `it`, or not?\n\n## Что где искать\n");
    assertThat(page.titles())
        .extracting(Markdown.Title::anchor)
        .containsExactly("looking-for-it-or-not", "что-где-искать");
  }

  @Test
  void names_belong_to_the_heading_before_them() throws IOException {
    Markdown page = read("# A\n`one`\n\n## B\n| a | b |\n|---|---|\n| `two` | [`three`](#a) |\n");
    assertThat(page.code("A")).containsExactly("one");
    assertThat(page.code("B")).containsExactly("two", "three");
    assertThat(page.links()).containsExactly("#a");
  }

  @Test
  void pictures_are_links_in_html_too() throws IOException {
    Markdown page = read("![a](a.png)\n\n<picture>\n<img src=\"b.png\" alt=\"b\">\n</picture>\n");
    assertThat(page.links()).containsExactly("a.png", "b.png");
  }
}
