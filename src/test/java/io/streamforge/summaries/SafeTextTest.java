package io.streamforge.summaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.commonmark.node.Link;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTextTest {
  private static final Discussion DISCUSSION =
      Talk.of(
          "bob: see https://wiki.example.test/a_b (and https://x.example.test/q?a=1&b=2).",
          "ivan.petrov: файл report.final.xlsx, почта boss@corp.example, www.corp.example");

  private final SafeText safe = new SafeText(DISCUSSION, "(removed)");

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '\'',
      value = {
        "Релиз переносится на четверг. => Релиз переносится на четверг.",
        "**Релиз**: *важно* [WIP] a|b ~ 2*3 => Релиз: \\*важно\\* \\[WIP\\] a\\|b \\~ 2\\*3",
        "- пункт => пункт",
        "### 🎯 Итоги => 🎯 Итоги",
        "1) первое => первое",
        "2024. Итоги => 2024\\. Итоги",
        "- - > # x => x",
        "-5 % и >50 % => -5 % и `>50` %",
        "@all, сделайте! => `@all`, сделайте!",
        "скажите bob: да => скажите `bob`: да",
        "Ivan.Petrov займётся => `Ivan.Petrov` займётся",
        "см. https://wiki.example.test/a_b. => см. <https://wiki.example.test/a_b>.",
        "см. <https://wiki.example.test/a_b> => см. <https://wiki.example.test/a_b>",
        "[вики](https://wiki.example.test/a_b) => вики <https://wiki.example.test/a_b>",
        "[вики](https://evil.example/) => вики (removed)",
        "![x](https://evil.example/p.png) и дальше => x (removed) и дальше",
        "https://wiki.example.test/a_b?leak=1 => (removed)",
        "https://x.example.test/q?a=1&b=2 => <https://x.example.test/q?a=1&b=2>",
        "пишите boss@corp.example, не root@evil.example => пишите `boss@corp.example`, не (removed)",
        "www.corp.example и www.evil.example => `www.corp.example` и (removed)",
        "в report.final.xlsx и README.md => в report.final.xlsx и README.md",
        "`SELECT * FROM x` работает => `SELECT * FROM x` работает",
        "snake_case и List<String> => `snake_case` и `List<String>`",
        "#123 и #тег => \\#123 и `#тег`",
        "10:30:45 :smile: ~town-square => 10:30:45 `:smile`: `~town-square`",
        "&`lt; => `&lt`;",
        "да, bo`b => да, `bob`",
        "a & ` `lt; => a &  lt;",
        "c://x.y и C:\\x => (removed) и `C:\\x`",
        "--- => ''",
        "` => ''",
      })
  void text_says_the_same_and_does_nothing(String text, String expected) {
    assertThat(safe.of(text, 200)).isEqualTo(expected == null ? "" : expected);
  }

  @Provide
  Arbitrary<String> tricky() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            "@",
            "all",
            "bob",
            "#",
            "tag",
            "`",
            "``",
            "*",
            "**",
            "_",
            "~",
            "[",
            "]",
            "(",
            ")",
            "!",
            "<",
            ">",
            "b",
            "/",
            "\\",
            "|",
            "-",
            "+",
            "1",
            ".",
            " ",
            "\n",
            "\u200b",
            "\u202e",
            "&",
            "lt;",
            "#64;",
            "$",
            ":",
            "https://",
            "evil.example",
            "www.",
            "mailto:",
            "=",
            "---",
            "https://wiki.example.test/a_b",
            "x",
            "ж",
            "\ud83d\ude00",
            "\ud83d",
            "\u0000");
    return pieces.list().ofMaxSize(25).map(list -> String.join("", list));
  }

  @Property(tries = 3000)
  void whatever_it_is_made_of_it_is_one_harmless_line(@ForAll("tricky") String text) {
    String line = safe.of(text, 300);
    assertThat(line).doesNotContain("\n");
    PostedMarkdown read = new PostedMarkdown(List.of("- " + line));
    assertThat(read.headings).isEmpty();
    assertThat(read.plainText()).doesNotContain("@", "<");
    assertThat(read.plainText()).doesNotContainPattern("(?<!\\S)evil\\.example(?!\\S)");
    assertThat(read.mentionWords()).doesNotContain("bob");
    for (Link link : read.links) {
      assertThat(link.getDestination()).isEqualTo("https://wiki.example.test/a_b");
    }
  }

  @Property(tries = 1000)
  void plain_text_stays_plain(@ForAll("tricky") String text) {
    String once = PlainText.of(text, 300);
    assertThat(PlainText.of(once, 300)).isEqualTo(once);
    assertThat(once.codePointCount(0, once.length())).isLessThanOrEqualTo(300);
  }
}
